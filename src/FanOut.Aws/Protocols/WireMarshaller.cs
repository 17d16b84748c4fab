using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace FanOut.Aws.Protocols;

/// <summary>Hands a <see cref="WireRequest"/> to the SDK's pipeline; one stateless instance per service.</summary>
internal sealed class WireMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    private static readonly ConcurrentDictionary<string, WireMarshaller> Instances = new(StringComparer.Ordinal);

    private readonly AwsService _service;

    private WireMarshaller(AwsService service) => _service = service;

    public static WireMarshaller Of(AwsService service) => Instances.GetOrAdd(service.ServiceId, static (_, s) => new WireMarshaller(s), service);

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var wire = (WireRequest)input;
        var request = new DefaultRequest(wire, _service.ServiceId)
        {
            HttpMethod = "POST",
            ResourcePath = wire.Path,
            ContentStream = wire.Body.OpenRead(),
            PrecomputedContentSha256 = wire.Body.Sha256Hex,
            OverrideSigningServiceName = _service.SigningName,
            UseQueryString = wire.Query.Count > 0,
        };
        if (wire.PathParameter is { } parameter)
        {
            request.AddPathResource(parameter.Key, parameter.Value);
        }

        request.Headers["Content-Type"] = wire.ContentType;
        foreach ((string name, string value) in wire.Headers)
        {
            request.Headers[name] = value;
        }

        foreach ((string name, string value) in wire.Query)
        {
            request.Parameters.Add(name, value);
        }

        return request;
    }
}
