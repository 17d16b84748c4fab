using FanOut.Aws.Ec2;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Destinations;

namespace FanOut.Network;

/// <summary>Looks at the route tables and endpoints of a function's VPC.</summary>
/// <param name="session">Who looks, in the function's region.</param>
internal sealed class ReadNetwork(AwsSession session)
{
    /// <summary>The network of a function.</summary>
    /// <returns>Null: its route tables are not shown to the caller, as those of another account's VPC may be.</returns>
    public async Task<FunctionNetwork?> FindAsync(VpcConfigDetail vpc, CancellationToken cancellationToken)
    {
        AmazonEC2Client ec2 = session.Client(AmazonEC2Client.Service, static (c, s) => new AmazonEC2Client(c, s));
        List<NetworkFilter> ofVpc = [new NetworkFilter("vpc-id", [vpc.VpcId ?? ""])];
        List<RouteTable> all = await Pages.ListAsync(
            next => ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { Filters = ofVpc, NextToken = next }, cancellationToken),
            static p => p.RouteTables,
            static p => p.NextToken).ConfigureAwait(false);
        RouteTable?[] own = [.. (vpc.SubnetIds ?? []).Select(s => all.Find(t => t.SubnetIds?.Contains(s) == true) ?? all.Find(static t => t.IsMain)).Distinct()];
        if (own.Contains(null))
        {
            return null;
        }

        List<VpcEndpoint> endpoints = await Pages.ListAsync(
            next => ec2.DescribeVpcEndpointsAsync(new DescribeVpcEndpointsRequest { Filters = ofVpc, NextToken = next }, cancellationToken),
            static p => p.VpcEndpoints,
            static p => p.NextToken).ConfigureAwait(false);
        return new FunctionNetwork(vpc, own!, [.. endpoints.Where(static e => IsThere(e.State))]);
    }

    private static bool IsThere(string? state) =>
        string.Equals(state, "available", StringComparison.OrdinalIgnoreCase) || string.Equals(state, "pending", StringComparison.OrdinalIgnoreCase);
}
