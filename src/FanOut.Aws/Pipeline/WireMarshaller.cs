using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Pipeline;

/// <summary>Hands a <see cref="WireRequest"/> to the SDK's pipeline; one stateless instance per service.</summary>
internal sealed class WireMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    // SHA-256 of an empty body, for signatures of requests without a body
    // (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, step 1).
    private const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly ConcurrentDictionary<string, WireMarshaller> Instances = new(StringComparer.Ordinal);

    private readonly AwsService _service;

    private WireMarshaller(AwsService service) => _service = service;

    public static WireMarshaller Of(AwsService service) => Instances.GetOrAdd(service.ServiceId, static (_, s) => new WireMarshaller(s), service);

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var wire = (WireRequest)input;
        var request = new DefaultRequest(wire, _service.ServiceId)
        {
            HttpMethod = wire.Method,
            ResourcePath = wire.Path,
            ContentStream = wire.Body?.OpenRead(),
            PrecomputedContentSha256 = wire.Body?.Sha256Hex ?? EmptySha256,
            OverrideSigningServiceName = _service.SigningName,
            UseQueryString = wire.Query.Count > 0,
            UseDoubleEncoding = _service.SignsEncodedPath,
        };
        if (wire.PathParameter is { } parameter)
        {
            request.AddPathResource(parameter.Key, parameter.Value);
        }

        if (wire.Subresource is { } subresource)
        {
            request.AddPathResource(subresource.Key, subresource.Value);
        }

        if (wire.ContentType is { } contentType)
        {
            request.Headers["Content-Type"] = contentType;
        }

        foreach ((string name, string value) in wire.Headers)
        {
            request.Headers[name] = value;
        }

        foreach ((string name, string value) in wire.Query)
        {
            request.Parameters.Add(name, value);
        }

        wire.Amend?.Invoke(request);
        return request;
    }
}
