using FanOut.Aws.Iot;
using FanOut.Engine.Mappings;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at an account's endpoint of AWS IoT.</summary>
internal static class InspectIot
{
    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, IotDestination iot, Func<string, string> narrow, CancellationToken cancellationToken)
    {
        if (iot.EndpointRegion is null)
        {
            return new ResourceFacts(Finding.Skipped(check, $"{iot.Endpoint.Host} is no endpoint of AWS IoT's own name: whether it is there was not looked at."));
        }

        AmazonIoTClient client = viewer.Session.Client(AmazonIoTClient.Service, static (c, s) => new AmazonIoTClient(c, s));
        Seen<DescribeEndpointResponse> seen = await Look.AtAsync(viewer.Session, async () =>
            (DescribeEndpointResponse?)await client.DescribeEndpointAsync(new DescribeEndpointRequest { EndpointType = "iot:Data-ATS" }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        string own = seen.Value?.EndpointAddress ?? "";
        return new ResourceFacts(seen.Value is null ? seen.NotSeen(check, $"Whether {iot.Endpoint.Host} is the account's endpoint", "iot:DescribeEndpoint")
            : own.Equals(iot.Endpoint.Host, StringComparison.OrdinalIgnoreCase) ? Finding.Pass(check, $"{own} is the account's endpoint of AWS IoT.")
            : Finding.Warn(check, $"The endpoint of AWS IoT in {viewer.Session.Region} is {own} for {viewer.Session.Identity}, not {iot.Endpoint.Host}: that is another account's, or of another kind.", narrow($"'{own}#{iot.Topic}'")));
    }
}
