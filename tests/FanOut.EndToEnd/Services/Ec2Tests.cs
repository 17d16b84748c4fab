using FanOut.Aws.Ec2;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class Ec2Tests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>moto's account has a default VPC, as one of AWS.</summary>
    [Fact]
    public async Task Subnets_and_security_groups_of_a_VPC_are_found()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using AmazonEC2Client client = new(Emulated.Credentials, Emulated.Config(AmazonEC2Client.Service, endpoint));

        List<Subnet> subnets = (await client.DescribeSubnetsAsync(new(), Cancellation)).Subnets!;
        string network = subnets[0].VpcId!;
        List<Subnet> same = (await client.DescribeSubnetsAsync(new() { Filters = [new NetworkFilter("vpc-id", [network])] }, Cancellation)).Subnets!;
        List<SecurityGroup> groups = (await client.DescribeSecurityGroupsAsync(new() { Filters = [new NetworkFilter("vpc-id", [network, "vpc-none"])] }, Cancellation)).SecurityGroups!;
        List<SecurityGroup> none = (await client.DescribeSecurityGroupsAsync(new() { Filters = [new NetworkFilter("vpc-id", ["vpc-none"])] }, Cancellation)).SecurityGroups!;

        Assert.NotEmpty(same);
        Assert.All(same, s => Assert.Equal(network, s.VpcId));
        Assert.All(same, static s => Assert.Matches(@"^subnet-\w+ \d+\.\d+\.\d+\.\d+/\d+ us-east-1[a-f]$", $"{s.SubnetId} {s.CidrBlock} {s.AvailabilityZone}"));
        Assert.Contains(groups, static g => g.GroupName == "default");
        Assert.All(groups, static g => Assert.Matches(@"^sg-\w+$", g.GroupId));
        Assert.Empty(none);
    }

    [Fact]
    public async Task Route_tables_and_endpoints_of_a_VPC_are_found()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using AmazonEC2Client client = new(Emulated.Credentials, Emulated.Config(AmazonEC2Client.Service, endpoint));
        string network = (await client.DescribeSubnetsAsync(new(), Cancellation)).Subnets![0].VpcId!;
        List<NetworkFilter> ofNetwork = [new NetworkFilter("vpc-id", [network])];
        RouteTable main = Assert.Single((await client.DescribeRouteTablesAsync(new() { Filters = ofNetwork }, Cancellation)).RouteTables!, static t => t.IsMain);
        using (ServiceApi api = new(endpoint))
        {
            await api.QueryAsync(
                "ec2", "2016-11-15", "CreateVpcEndpoint", ("VpcId", network), ("ServiceName", "com.amazonaws.us-east-1.dynamodb"), ("VpcEndpointType", "Gateway"), ("RouteTableId.1", main.RouteTableId!));
        }

        List<VpcEndpoint> endpoints = (await client.DescribeVpcEndpointsAsync(new() { Filters = ofNetwork }, Cancellation)).VpcEndpoints!;

        Assert.Equal((network, "local"), (main.VpcId, main.Routes![0].Target));
        VpcEndpoint gateway = Assert.Single(endpoints, static e => e.ServiceName == "com.amazonaws.us-east-1.dynamodb");
        Assert.Equal(("Gateway", "available", main.RouteTableId), (gateway.VpcEndpointType, gateway.State, Assert.Single(gateway.RouteTableIds!)));
    }
}
