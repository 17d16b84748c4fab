using System.Globalization;
using System.Text;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Iot;

/// <summary>IoT Core's data plane, <c>POST /topics/{topic}?qos=0|1</c>, and DescribeEndpoint of the control plane.</summary>
/// <remarks>https://docs.aws.amazon.com/general/latest/gr/iot-core.html#message-broker-limits</remarks>
public sealed class IotService : IService
{
    private const int MostPayloadBytes = 128 * 1024;
    private const int MostTopicBytes = 256;
    private const int MostSlashes = 7;
    private const string Prefix = "/topics/";
    private const string ControlPlane = "iot";

    internal IotService()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["iotdata", "iotdevicegateway", ControlPlane];

    /// <summary>What DescribeEndpoint answers for every type, for example <c>http://127.0.0.1:40321</c>; null for host names like AWS's own.</summary>
    /// <value>null by default: <c>{id}-ats.iot.{region}.amazonaws.com</c> and the like, with an id for each account and region.</value>
    public string? EndpointAddress { get; set; }

    /// <summary>Every message that was published; the destination is the topic, <c>qos</c> and <c>retain</c> are among the attributes, and it has its user properties.</summary>
    public Journal<Arrival> Received { get; } = new();

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        string path = serviceCall.Request.Path;
        return (serviceCall.Service == ControlPlane, path) switch
        {
            (true, "/endpoint") when serviceCall.Request.Method == "GET" => new CallSubject("DescribeEndpoint"),
            (false, _) when path.StartsWith(Prefix, StringComparison.Ordinal) => new CallSubject("Publish", Uri.UnescapeDataString(path[Prefix.Length..])),
            _ => throw new ServiceException(
                "ResourceNotFoundException",
                $"The stand-in's IoT has nothing at '{serviceCall.Request.Method} {path}' for signatures for '{serviceCall.Service}', only POST {Prefix}{{topic}} for iotdata and GET /endpoint for iot.",
                404),
        };
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return Task.FromResult(serviceCall.Operation == "DescribeEndpoint" ? IotEndpoints.Describe(serviceCall, EndpointAddress) : Publish(serviceCall));
    }

    private HttpResponse Publish(ServiceCall call)
    {
        if (call.Request.Method != "POST")
        {
            throw new ServiceException("MethodNotAllowedException", $"{call.Request.Method} is not allowed on topics.", 405);
        }

        string topic = Checked(call.Destination!);
        string qos = call.Request.QueryValue("qos") ?? "0";
        if (qos is not ("0" or "1"))
        {
            throw new ServiceException("InvalidRequestException", $"qos '{qos}' is neither 0 nor 1.");
        }

        if (call.Request.Body.Length > MostPayloadBytes)
        {
            throw new ServiceException("RequestEntityTooLargeException", $"The payload has {call.Request.Body.Length} bytes, the limit is {MostPayloadBytes}.", 413);
        }

        Received.Add(new Arrival(topic, call.Number, call.Time, call.Request.Body)
        {
            Id = call.RequestId,
            Attributes = new Dictionary<string, string> { ["qos"] = qos, ["retain"] = call.Request.QueryValue("retain") ?? "false" },
            UserProperties = ReadUserProperties.Of(call.Request),
        });
        return HttpResponse.Text(200, "application/json", $"{{\"message\":\"OK\",\"traceId\":\"{call.RequestId}\"}}");
    }

    private static string Checked(string topic) => topic switch
    {
        "" => throw Invalid("it is empty"),
        _ when Encoding.UTF8.GetByteCount(topic) > MostTopicBytes => throw Invalid(
            string.Create(CultureInfo.InvariantCulture, $"it has {Encoding.UTF8.GetByteCount(topic)} bytes, the limit is {MostTopicBytes}")),
        _ when topic.AsSpan().IndexOfAny('#', '+', '\0') >= 0 => throw Invalid("wildcards and NUL are not allowed"),
        _ when topic.Count(letter => letter == '/') > MostSlashes => throw Invalid($"it has more than {MostSlashes} slashes"),
        _ => topic,
    };

    private static ServiceException Invalid(string why) => new("InvalidRequestException", $"The topic is not valid: {why}.");
}
