using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Iot;

/// <summary>AWS IoT's control plane.</summary>
public sealed class AmazonIoTClient : AwsClient
{
    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonIoTClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("IoT", "iot", "iot", "2015-05-28");

    /// <summary>The account's host of AWS IoT.</summary>
    /// <exception cref="AmazonIoTException">The service refused the call.</exception>
    public Task<DescribeEndpointResponse> DescribeEndpointAsync(DescribeEndpointRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("DescribeEndpoint")
        {
            Method = "GET",
            Path = "/endpoint",
            Query = WireRequest.Parameters(("endpointType", request.EndpointType)),
        };
        return SendAsync(
            wire,
            AwsJson.Answers<DescribeEndpointResponse>(static (json, response) => response.EndpointAddress = json.Text("endpointAddress"), AmazonIoTException.Of),
            cancellationToken);
    }
}
