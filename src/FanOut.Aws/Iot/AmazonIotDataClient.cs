using System.Globalization;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.Iot;

/// <summary>AWS IoT's data plane. Each account has a host of its own, which must be given as the configuration's endpoint.</summary>
public sealed class AmazonIotDataClient : AwsClient
{
    // The answer is {"message":"OK","traceId":"…"} or empty; anything else is not from AWS IoT.
    private static readonly AnswerReader<IotPublishResponse> PublishReader = AwsJson.Done<IotPublishResponse>(AmazonIotDataException.Of);

    // Base64 of the JSON: https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_Publish.html
    private const string UserPropertiesHeader = "x-amz-mqtt5-user-properties";

    private readonly KeptHeads _atMostOnce, _atLeastOnce;

    /// <summary>A client for an endpoint.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonIotDataClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
        _atMostOnce = new KeptHeads((topic, _) => Head(Publish(topic, qos: 0)));
        _atLeastOnce = new KeptHeads((topic, _) => Head(Publish(topic, qos: 1)));
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("IoT Data Plane", "data-ats.iot", "iotdata", "2015-05-28") { Exception = IotDataHost.Of };

    /// <summary>Publishes one message.</summary>
    /// <exception cref="AmazonIotDataException">The service refused the message.</exception>
    public async Task<IotPublishResponse> PublishAsync(IotPublishRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new RequestBody(request.Payload.Length);
        body.Write(request.Payload.Span);
        return await SendAsync(HeadOf(request), body, PublishReader, cancellationToken).ConfigureAwait(false);
    }

    // User properties are of one message mostly: keeping such heads would only fill the memory.
    private RequestHead HeadOf(IotPublishRequest request) => request.UserProperties.IsEmpty
        ? (request.Qos == 0 ? _atMostOnce : _atLeastOnce).For(request.Topic)
        : Head(Publish(request.Topic, request.Qos, [new(UserPropertiesHeader, Convert.ToBase64String(request.UserProperties.Span))]));

    private static WireRequest Publish(string topic, int qos, IReadOnlyList<KeyValuePair<string, string>>? headers = null) => new("Publish")
    {
        Path = "/topics/{topic}",
        PathParameter = new("{topic}", topic),
        Query = [new("qos", qos.ToString(CultureInfo.InvariantCulture))],
        ContentType = "application/octet-stream",
        Headers = headers ?? [],
    };
}
