using System.Text.Json;
using Amazon.Runtime;

namespace FanOut.Aws.Protocols;

/// <summary>AWS JSON 1.0 and 1.1, and the errors of REST-JSON: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html</summary>
internal sealed class AwsJson : WireProtocol
{
    /// <summary>The only instance.</summary>
    public static AwsJson Instance { get; } = new();

    /// <summary>A request of the AWS JSON protocols.</summary>
    /// <param name="version"><c>1.0</c> or <c>1.1</c>.</param>
    /// <param name="targetPrefix">The service's part of <c>X-Amz-Target</c>.</param>
    /// <param name="operation">The operation's part of it.</param>
    /// <param name="body">The body; null for a head.</param>
    public static WireRequest Request(string version, string targetPrefix, string operation, RequestBody? body = null) => new(operation, body)
    {
        ContentType = "application/x-amz-json-" + version,
        Headers = [new("X-Amz-Target", targetPrefix + "." + operation)],
    };

    /// <summary>A body: one JSON object with the members that <paramref name="write"/> writes.</summary>
    /// <param name="write">Writes the members.</param>
    /// <param name="size">The expected number of bytes. An exact size avoids copies; a wrong one does no harm.</param>
    public static RequestBody Body(Action<Utf8JsonWriter> write, int size = 1024)
    {
        var body = new RequestBody(size);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        return body;
    }

    /// <summary>Reads answers that are one JSON object; an answer without a body counts as an empty object.</summary>
    public static AnswerReader<TResponse> Answers<TResponse>(Action<JsonElement, TResponse> read, WireFailure fail)
        where TResponse : AmazonWebServiceResponse, new()
    {
        return new((answer, response) =>
        {
            var reader = new Utf8JsonReader(answer.Body.IsEmpty ? "{}"u8 : answer.Body);
            using var document = JsonDocument.ParseValue(ref reader);
            read(document.RootElement, response);
        }, Instance, fail);
    }

    /// <summary>Reads answers of which nothing is wanted; they must be JSON, or empty.</summary>
    public static AnswerReader<TResponse> Done<TResponse>(WireFailure fail)
        where TResponse : AmazonWebServiceResponse, new()
    {
        return new(static (answer, _) =>
        {
            var reader = new Utf8JsonReader(answer.Body.IsEmpty ? "{}"u8 : answer.Body);
            reader.Read();
            reader.Skip();
        }, Instance, fail);
    }

    /// <summary>Reads the error of an answer to another protocol's request.</summary>
    public WireError ReadOwn(WireAnswer answer) => Read(answer);

    protected override WireError Read(WireAnswer answer)
    {
        string code = answer.Header("x-amzn-ErrorType") ?? "", message = "";
        try
        {
            Read(answer.Body, ref code, ref message);
        }
        catch (JsonException)
        {
            // What was said before it stopped making sense counts, the header above all.
        }

        return new WireError(code, message, "");
    }

    // Of a long refusal only the beginning is here, so the end may be missing.
    private static void Read(ReadOnlySpan<byte> body, ref string code, ref string message)
    {
        var reader = new Utf8JsonReader(body, isFinalBlock: false, default);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            ReadMembers(ref reader, ref code, ref message);
        }
    }

    // {"__type":"…","message":"…"}, {"code":"…","Message":"…"}, and OpenSearch's {"error":{"type":"…","reason":"…"},"status":403}
    private static void ReadMembers(ref Utf8JsonReader reader, ref string code, ref string message)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = reader.ValueTextEquals("__type"u8) || reader.ValueTextEquals("code"u8) || reader.ValueTextEquals("type"u8);
            bool isMessage = reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("Message"u8) || reader.ValueTextEquals("reason"u8);
            bool isError = reader.ValueTextEquals("error"u8);
            if (!reader.Read())
            {
                return;
            }

            if (reader.TokenType == JsonTokenType.StartObject && isError)
            {
                ReadMembers(ref reader, ref code, ref message);
                continue;
            }

            if (reader.TokenType == JsonTokenType.String && isCode && code.Length == 0)
            {
                code = reader.Text();
            }
            else if (reader.TokenType == JsonTokenType.String && (isMessage || isError))
            {
                message = reader.Text();
            }

            if (!reader.TrySkip())
            {
                return;
            }
        }
    }
}
