using FanOut.Aws.Ec2;
using FanOut.Aws.Lambda;

namespace FanOut.Network;

/// <summary>The ways out of a function's subnets.</summary>
/// <param name="Vpc">The function's connection to its VPC.</param>
/// <param name="Tables">The route tables of its subnets.</param>
/// <param name="Endpoints">The VPC's endpoints that are there or about to be.</param>
internal sealed record FunctionNetwork(VpcConfigDetail Vpc, IReadOnlyList<RouteTable> Tables, IReadOnlyList<VpcEndpoint> Endpoints)
{
    private const string Anywhere = "0.0.0.0/0";

    /// <summary>
    /// The route tables that lead nowhere but within the VPC and to gateways of services. Others lead to a NAT gateway, or to a network (transit gateway,
    /// peering, VPN) of which nothing is known here: all may be reached by them.
    /// </summary>
    public IEnumerable<RouteTable> Closed => Tables.Where(t => !(t.Routes ?? []).Any(IsWayOut));

    /// <summary>Whether a closed table has an internet gateway as its way to everywhere, which helps only what has a public address.</summary>
    public bool HasInternetGateway => Closed.Any(static t => (t.Routes ?? []).Any(static r => r.Destination == Anywhere && IsTo(r, "igw-")));

    /// <summary>Whether an endpoint of a service serves all closed tables.</summary>
    /// <param name="service">The service.</param>
    /// <param name="region">Its region.</param>
    public bool Serves(NetworkService service, string region) => EndpointsOf(service, region).Any(e => e.RouteTableIds is { Count: > 0 } gateways
        ? Closed.All(t => gateways.Contains(t.RouteTableId!))
        : e.PrivateDnsEnabled == true || !service.HasPrivateDns);

    /// <summary>An endpoint of a service that is an interface without the service's usual host name; null: there is none.</summary>
    public VpcEndpoint? WithoutName(NetworkService service, string region) =>
        EndpointsOf(service, region).FirstOrDefault(static e => e is { RouteTableIds: null or [], PrivateDnsEnabled: not true });

    // In China some names begin with cn.com.amazonaws; names of endpoints for FIPS end in -fips. The end tells them apart.
    private IEnumerable<VpcEndpoint> EndpointsOf(NetworkService service, string region) => Endpoints.Where(e =>
        e.ServiceName?.EndsWith($".{region}.{service.Endpoint}", StringComparison.Ordinal) == true || e.ServiceName?.EndsWith($".{region}.{service.Endpoint}-fips", StringComparison.Ordinal) == true);

    private bool IsWayOut(Route route) => route is { Target: { } target, State: not "blackhole" }
        && !(target == "local" || IsTo(route, "igw-") || (IsTo(route, "vpce-") && route.Destination?.StartsWith("pl-", StringComparison.Ordinal) == true)
            || (route.Destination?.Contains(':', StringComparison.Ordinal) == true && Vpc.Ipv6AllowedForDualStack != true));

    private static bool IsTo(Route route, string kind) => route.Target?.StartsWith(kind, StringComparison.Ordinal) == true;
}
