using FanOut.Aws.Ec2;
using FanOut.Engine.Mappings;
using FanOut.Sources;

namespace FanOut.Network;

/// <summary>What a function does not reach, a sentence for each, which ends with the command that repairs it, if there is one.</summary>
/// <param name="region">The function's region.</param>
/// <param name="function">Its name.</param>
internal sealed class NetworkProblems(string region, string function)
{
    private const int MostTargets = 5;

    /// <summary>Of a function that is in no VPC.</summary>
    /// <param name="mappings">Its enabled mappings.</param>
    public IEnumerable<string> OutsideOfVpc(IEnumerable<Mapping> mappings)
    {
        string[] within = [.. mappings.Where(NetworkNeeds.IsWithin).Select(static m => m.Id).Distinct()];
        if (within.Length > 0)
        {
            yield return $"The function is in no VPC, from which alone {Targets(within)} can be reached. Publish-FanOutFunction -Subnet <ids> -SecurityGroup <ids>{RepairCommand.FunctionOf(function, region)}";
        }
    }

    /// <summary>Of a function in a VPC.</summary>
    /// <param name="needs">What it has to reach.</param>
    /// <param name="network">The ways out.</param>
    public IEnumerable<string> Of(IEnumerable<NetworkNeed> needs, FunctionNetwork network) =>
        network.Closed.Any()
            ? from need in needs
              where need.Service is null || need.Region != region || !network.Serves(need.Service, region)
              group need by (need.Service, need.Region, need.Host) into same
              select Problem(same.First(), Purposes(same), network)
            : [];

    /// <summary>What a function has to reach, for what is told where its network may not be looked at: "DynamoDB (the table fanoutTargets), SQS (the target a)".</summary>
    public static string List(IEnumerable<NetworkNeed> needs) =>
        string.Join(", ", needs.GroupBy(static n => (n.Name, n.Region)).Select(static same => $"{same.Key.Name} ({Purposes(same)})"));

    private string Problem(NetworkNeed need, string purposes, FunctionNetwork network)
    {
        string what = $"The function does not reach {need.Name}{(need.Region == region ? "" : $" in {need.Region}")}, for {purposes}: ";
        string? vpc = network.Vpc.VpcId;
        string subnets = string.Join(", ", network.Vpc.SubnetIds ?? []) + (network.HasInternetGateway ? " (an internet gateway is of no use to a function, which has no public address)" : "");
        return what + need switch
        {
            { Service: null } => $"what is public takes a NAT gateway, and {vpc} has none for {subnets}.",
            _ when need.Region != region => $"another region takes a NAT gateway or a peering, and {vpc} has none for {subnets}.",
            { Service: { HasPrivateDns: true } service } when network.WithoutName(service, region) is { VpcEndpointId: { } endpoint } =>
                $"the endpoint {endpoint} of {vpc} does not have the service's name (private DNS). aws ec2 modify-vpc-endpoint --vpc-endpoint-id {endpoint} --private-dns-enabled --region {region}",
            { Service: { } service } => $"{vpc} has neither an endpoint for it nor a NAT gateway for {subnets}.{Command(service, network)}",
        };
    }

    // How the names of interface endpoints begin in China could not be confirmed.
    private string Command(NetworkService service, FunctionNetwork network) => Partition.OfRegion(region).Id == "aws-cn" && !service.HasGateway ? "" : string.Join(
        ' ',
        " aws ec2 create-vpc-endpoint --vpc-id",
        network.Vpc.VpcId,
        $"--service-name com.amazonaws.{region}.{service.Endpoint}",
        service.HasGateway
            ? $"--vpc-endpoint-type Gateway --route-table-ids {string.Join(' ', network.Closed.Select(static (RouteTable t) => t.RouteTableId))}"
            : $"--vpc-endpoint-type Interface --subnet-ids {string.Join(' ', network.Vpc.SubnetIds ?? [])} --security-group-ids <ids>",
        $"--region {region}");

    private static string Purposes(IEnumerable<NetworkNeed> needs)
    {
        NetworkNeed[] all = [.. needs];
        string[] ids = [.. all.Select(static n => n.Target).OfType<string>().Distinct()];
        string?[] purposes = [all[0].Table is { } table ? $"the table {table}" : null, .. ids.Length > 0 ? [Targets(ids)] : Array.Empty<string>(), all[0] is { Table: null, Target: null } ? "the metrics" : null];
        return string.Join(" and ", purposes.OfType<string>());
    }

    private static string Targets(string[] ids) => ids.Length == 1
        ? $"the target {ids[0]}"
        : $"the targets {string.Join(", ", ids.Take(MostTargets))}{(ids.Length > MostTargets ? $" and {ids.Length - MostTargets} more" : "")}";
}
