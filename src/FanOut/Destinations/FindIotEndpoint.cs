using FanOut.Aws.Iot;
using FanOut.Credentials;

namespace FanOut.Destinations;

/// <summary>Finds the account's IoT data endpoint for a topic.</summary>
internal static class FindIotEndpoint
{
    // The endpoint with Amazon's own certificates; iot:Data has a Symantec one that clients no longer trust:
    // https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeEndpoint.html
    private const string DataEndpoint = "iot:Data-ATS";

    /// <summary><c>endpoint#topic</c>.</summary>
    public static async Task<FoundDestination> ForTopicAsync(AwsSession session, string topic, CancellationToken cancellationToken)
    {
        AmazonIoTClient iot = session.Client(AmazonIoTClient.Service, (c, s) => new AmazonIoTClient(c, s));
        DescribeEndpointResponse response =
            await iot.DescribeEndpointAsync(new DescribeEndpointRequest { EndpointType = DataEndpoint }, cancellationToken).ConfigureAwait(false);
        return new FoundDestination($"{response.EndpointAddress}#{topic}");
    }
}
