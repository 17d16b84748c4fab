using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.EventBridge;

/// <summary>Amazon EventBridge's event buses.</summary>
public sealed class AmazonEventBridgeClient : AwsClient
{
    private const string Target = "AWSEvents";

    // {"Source":"","DetailType":"","Detail":"","Time":1545084650.987,"EventBusName":,"Resources":[]}
    private const int FrameBytes = 128;

    private static readonly AnswerReader<PutEventsResponse> PutEventsReader = new(ReadPutEvents, AwsJson.Instance, AmazonEventBridgeException.Of);

    private readonly RequestHead _putEvents;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonEventBridgeClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config) => _putEvents = Head(AwsJson.Request("1.1", Target, "PutEvents"));

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("EventBridge", "events", "events", "2015-10-07") { Exception = HostOf };

    /// <summary>Sends events to a bus and says which were refused.</summary>
    /// <exception cref="AmazonEventBridgeException">The service refused the whole call.</exception>
    public async Task<PutEventsResponse> PutEventsAsync(PutEventsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new RequestBody(SizeOf(request));
        Write(body, request);
        return await SendAsync(_putEvents, body, PutEventsReader, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An event bus.</summary>
    /// <exception cref="AmazonEventBridgeException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such event bus.</exception>
    public Task<DescribeEventBusResponse> DescribeEventBusAsync(DescribeEventBusRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeEventBusResponse>("DescribeEventBus", json => json.Optional("Name", request.Name), static (json, response) =>
        {
            response.Name = json.Text("Name");
            response.Arn = json.Text("Arn");
            response.KmsKeyIdentifier = json.Text("KmsKeyIdentifier");
            response.Policy = json.Text("Policy");
        }, cancellationToken);
    }

    /// <summary>A page of the region's event buses.</summary>
    /// <exception cref="AmazonEventBridgeException">The service refused the call.</exception>
    public Task<ListEventBusesResponse> ListEventBusesAsync(ListEventBusesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListEventBusesResponse>("ListEventBuses", json =>
        {
            json.Optional("Limit", request.Limit);
            json.Optional("NextToken", request.NextToken);
        },
        static (json, response) =>
        {
            response.EventBuses = json.Each("EventBuses", static bus => new EventBus { Name = bus.Text("Name"), Arn = bus.Text("Arn") });
            response.NextToken = json.Token("NextToken");
        }, cancellationToken);
    }

    // All hosts of GovCloud have validated cryptography, and no name of their own for it.
    private static string? HostOf(string region, EndpointVariant variant) =>
        variant.Fips && region.StartsWith("us-gov-", StringComparison.Ordinal) ? ServiceHost.Of(Service, region, variant with { Fips = false }) : null;

    // {"Entries":[{"Source":"…","DetailType":"…","Detail":"{…}","Time":1545084650.987,"EventBusName":"arn:…","Resources":["arn:…"]},…]}
    private static void Write(RequestBody body, PutEventsRequest request)
    {
        body.Write("{\"Entries\":["u8);
        bool first = true;
        foreach (ref readonly PutEventsRequestEntry entry in request.Entries.Span)
        {
            body.Write(first ? "{\"Source\":"u8 : ",{\"Source\":"u8);
            first = false;
            body.WriteJsonString(entry.Source.Span);
            body.Write(",\"DetailType\":"u8);
            body.WriteJsonString(entry.DetailType.Span);
            body.Write(",\"Detail\":"u8);
            body.WriteJsonString(entry.Detail.Span);
            if (entry.Time is { } time)
            {
                body.Write(",\"Time\":"u8);
                body.WriteEpochSeconds(time);
            }

            body.Write(",\"EventBusName\":"u8);
            body.WriteJsonString(request.EventBusName);
            body.Write(",\"Resources\":["u8);
            body.WriteJsonString(request.Resource);
            body.Write("]}"u8);
        }

        body.Write("]}"u8);
    }

    private static int SizeOf(PutEventsRequest request)
    {
        int size = FrameBytes;
        foreach (ref readonly PutEventsRequestEntry entry in request.Entries.Span)
        {
            size += JsonEscape.LengthOf(entry.Detail.Span) + entry.Source.Length + entry.DetailType.Length + request.EventBusName.Length + request.Resource.Length + FrameBytes;
        }

        return size;
    }

    // {"FailedEntryCount":1,"Entries":[{"EventId":"…"},{"ErrorCode":"…","ErrorMessage":"…"}]}
    private static void ReadPutEvents(WireAnswer answer, PutEventsResponse response) =>
        (response.FailedEntryCount, response.EntryCount, response.Failed) = BatchAnswer.Read(answer.Body, "FailedEntryCount"u8, "Entries"u8, "EventId"u8);

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, Action<Utf8JsonWriter> write, Action<JsonElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsJson.Body(write);
        return await SendAsync(AwsJson.Request("1.1", Target, operation, body), AwsJson.Answers(read, AmazonEventBridgeException.Of), cancellationToken)
            .ConfigureAwait(false);
    }
}
