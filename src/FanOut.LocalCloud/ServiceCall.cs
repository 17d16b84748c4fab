using System.Text.Json;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud;

/// <summary>One request to one service. Its signature has been checked, and its body decompressed.</summary>
public sealed class ServiceCall
{
    private JsonElement? _json;
    private QueryForm? _form;
    private CallSubject _target;

    /// <summary>The number of the call, counted from 1 over all services.</summary>
    public required int Number { get; init; }

    /// <summary>The request; its body is already decompressed when it came with <c>Content-Encoding: gzip</c>.</summary>
    public required HttpRequest Request { get; init; }

    /// <summary>The id in the answer's header <c>x-amzn-RequestId</c>.</summary>
    public required string RequestId { get; init; }

    /// <summary>The service's signing name, for example <c>kinesis</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The id of the access key that signed.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The account of the access key: that of the role for keys of AssumeRole, else the cloud's own.</summary>
    public required string AccountId { get; init; }

    /// <summary>The region the signature is for.</summary>
    public required string Region { get; init; }

    /// <summary>When the request arrived.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The protocol of the request.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>The size of the body as it was sent, before decompression.</summary>
    public required int WireBytes { get; init; }

    /// <summary>The operation's name, from <see cref="IService.Identify"/>.</summary>
    public string Operation => _target.Operation ?? "";

    /// <summary>The resource, from <see cref="IService.Identify"/>.</summary>
    public string? Destination => _target.Destination;

    /// <summary>The body as a JSON object.</summary>
    /// <exception cref="ServiceException">SerializationException: the body is not a JSON object.</exception>
    public JsonElement Json => _json ??= ParseJson();

    /// <summary>The body as the form of a Query request.</summary>
    public QueryForm Form => _form ??= new QueryForm(Request.Body.Span);

    internal IReadOnlyList<ItemFault> ItemFaults { get; set; } = [];

    /// <summary>The error of a fault for the item at this position of a batch call; null: the service should accept it.</summary>
    /// <remarks>Call it once per item: if the fault has a probability, each call draws a new random number.</remarks>
    public ItemError? ItemErrorAt(int position)
    {
        foreach (ItemFault fault in ItemFaults)
        {
            if (fault.ItemErrorAt(position) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    internal void Aim(CallSubject target) => _target = target;

    /// <summary>The operation that the request's protocol names: the end of <c>X-Amz-Target</c>, or the form's <c>Action</c>.</summary>
    /// <exception cref="ServiceException">The request names none.</exception>
    public string NamedOperation()
    {
        if (Protocol == Protocol.Query)
        {
            return Form.Text("Action") ?? throw new ServiceException("MissingAction", "The request must contain the parameter Action.");
        }

        string target = Request.Header("X-Amz-Target") ?? "";
        int dot = target.LastIndexOf('.');
        return dot > 0 ? target[(dot + 1)..] : throw new ServiceException("UnknownOperationException", "The header X-Amz-Target names no operation.");
    }

    private JsonElement ParseJson()
    {
        try
        {
            JsonElement root = JsonDocument.Parse(Request.Body, new JsonDocumentOptions { MaxDepth = AttributeValues.MaxJsonDepth }).RootElement;
            return root.ValueKind == JsonValueKind.Object ? root : throw new ServiceException("SerializationException", "The body is not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new ServiceException("SerializationException", $"The body is not JSON: {exception.Message}");
        }
    }
}
