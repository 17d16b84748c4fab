using System.Collections.Concurrent;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Firehose;

/// <summary>Data Firehose: accepts records and keeps them; they are not delivered anywhere.</summary>
public sealed class FirehoseService : IService
{
    private readonly ConcurrentDictionary<string, DeliveryStream> _streams = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly OperationTable _operations;

    internal FirehoseService(CloudOptions options)
    {
        _options = options;
        DeliveryStreamWrites writes = new(this);
        _operations = new()
        {
            ["CreateDeliveryStream"] = Create,
            ["DeleteDeliveryStream"] = Delete,
            ["DescribeDeliveryStream"] = Describe,
            ["ListDeliveryStreams"] = List,
            ["PutRecord"] = writes.PutOne,
            ["PutRecordBatch"] = writes.PutMany,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["firehose"];

    /// <summary>Every record that was accepted; the destination is the delivery stream's ARN.</summary>
    public Journal<Arrival> Received { get; } = new();

    /// <summary>Makes a delivery stream, active at once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    /// <exception cref="ServiceException">ResourceInUseException: it exists already.</exception>
    public DeliveryStream CreateDeliveryStream(string name, string? region = null, string? accountId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        accountId ??= _options.AccountId;
        DeliveryStream stream = new(ArnOf(name, region ?? _options.Region, accountId), _options.TimeProvider.GetUtcNow());
        return _streams.TryAdd(stream.Arn, stream)
            ? stream
            : throw new ServiceException("ResourceInUseException", $"Firehose {name} under accountId {accountId} already exists");
    }

    /// <summary>Removes a delivery stream; nothing happens when there is none with this ARN.</summary>
    public void DeleteDeliveryStream(string arn) => _streams.TryRemove(arn, out _);

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        string? name = serviceCall.Json.Text("DeliveryStreamName");
        return new CallSubject(serviceCall.NamedOperation(), name is null ? null : ArnOf(name, serviceCall.Region, serviceCall.AccountId));
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    internal DeliveryStream Resolve(ServiceCall call)
    {
        string name = call.Json.RequiredText("DeliveryStreamName");
        return _streams.GetValueOrDefault(call.Destination!)
            ?? throw new ServiceException("ResourceNotFoundException", $"Firehose {name} under account {call.AccountId} not found.");
    }

    private HttpResponse Create(ServiceCall call)
    {
        DeliveryStream stream = CreateDeliveryStream(call.Json.RequiredText("DeliveryStreamName"), call.Region, call.AccountId);
        return JsonAnswer.Of(json => json.WriteString("DeliveryStreamARN", stream.Arn));
    }

    private HttpResponse Delete(ServiceCall call)
    {
        DeleteDeliveryStream(Resolve(call).Arn);
        return JsonAnswer.Empty;
    }

    private HttpResponse List(ServiceCall call)
    {
        string after = call.Json.Text("ExclusiveStartDeliveryStreamName") ?? "";
        int limit = call.Json.Number("Limit") ?? 10;
        bool direct = call.Json.Text("DeliveryStreamType") is null or "DirectPut";
        string[] rest =
        [
            .. _streams.Values
                .Where(stream => direct && ArnText.Part(stream.Arn, 3) == call.Region && ArnText.Part(stream.Arn, 4) == call.AccountId)
                .Select(stream => stream.Name)
                .Where(name => string.CompareOrdinal(name, after) > 0)
                .Order(StringComparer.Ordinal),
        ];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("DeliveryStreamNames");
            foreach (string name in rest.Take(limit))
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteBoolean("HasMoreDeliveryStreams", rest.Length > limit);
        });
    }

    private HttpResponse Describe(ServiceCall call)
    {
        DeliveryStream stream = Resolve(call);
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject("DeliveryStreamDescription");
            json.WriteString("DeliveryStreamName", stream.Name);
            json.WriteString("DeliveryStreamARN", stream.Arn);
            json.WriteString("DeliveryStreamStatus", "ACTIVE");
            json.WriteString("DeliveryStreamType", "DirectPut");
            json.WriteString("VersionId", "1");
            json.WriteNumber("CreateTimestamp", JsonAnswer.EpochSeconds(stream.Created));
            json.WriteStartArray("Destinations");
            json.WriteEndArray();
            json.WriteBoolean("HasMoreDestinations", false);
            json.WriteEndObject();
        });
    }

    private static string ArnOf(string name, string region, string accountId) => ArnText.Of("firehose", region, accountId, $"deliverystream/{name}");
}
