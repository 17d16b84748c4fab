using System.Xml.Linq;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Ec2;

/// <summary>Reads networks from XML.</summary>
internal static class NetworkXml
{
    // <subnetSet><item><subnetId>…</subnetId>…<tagSet><item><key>…</key><value>…</value></item></tagSet></item></subnetSet><nextToken>…</nextToken>
    public static void Read(XElement xml, DescribeSubnetsResponse response)
    {
        response.Subnets = xml.Each("subnetSet", static subnet => new Subnet
        {
            SubnetId = subnet.Text("subnetId"),
            VpcId = subnet.Text("vpcId"),
            CidrBlock = subnet.Text("cidrBlock"),
            AvailabilityZone = subnet.Text("availabilityZone"),
            Tags = subnet.Member("tagSet")?.Elements().ToDictionary(static t => t.Text("key") ?? "", static t => t.Text("value") ?? ""),
        });
        response.NextToken = xml.Token("nextToken");
    }

    public static void Read(XElement xml, DescribeSecurityGroupsResponse response)
    {
        response.SecurityGroups = xml.Each("securityGroupInfo", static group => new SecurityGroup
        {
            GroupId = group.Text("groupId"),
            GroupName = group.Text("groupName"),
            VpcId = group.Text("vpcId"),
            Description = group.Text("groupDescription"),
            Ingress = group.Each("ipPermissions", Rule),
            Egress = group.Each("ipPermissionsEgress", Rule),
        });
        response.NextToken = xml.Token("nextToken");
    }

    // <item><ipProtocol>tcp</ipProtocol><fromPort>6379</fromPort><toPort>6379</toPort><groups><item><groupId>…</groupId></item></groups><ipRanges><item><cidrIp>…</cidrIp></item></ipRanges>…</item>
    private static SecurityGroupRule Rule(XElement rule) => new()
    {
        IpProtocol = rule.Text("ipProtocol"),
        FromPort = rule.Number("fromPort"),
        ToPort = rule.Number("toPort"),
        GroupIds = rule.Each("groups", static g => g.Text("groupId") ?? ""),
        CidrBlocks = [.. rule.Each("ipRanges", static r => r.Text("cidrIp") ?? "") ?? [], .. rule.Each("ipv6Ranges", static r => r.Text("cidrIpv6") ?? "") ?? []],
        PrefixListIds = rule.Each("prefixListIds", static l => l.Text("prefixListId") ?? ""),
    };

    // <routeTableSet><item><routeTableId>…</routeTableId><routeSet><item>…</item></routeSet><associationSet><item><subnetId>…</subnetId><main>false</main></item></associationSet></item></routeTableSet>
    public static void Read(XElement xml, DescribeRouteTablesResponse response)
    {
        response.RouteTables = xml.Each("routeTableSet", static table => new RouteTable
        {
            RouteTableId = table.Text("routeTableId"),
            VpcId = table.Text("vpcId"),
            Routes = table.Each("routeSet", Route),
            IsMain = table.Member("associationSet")?.Elements().Any(static a => a.Truth("main") == true) == true,
            SubnetIds = table.Member("associationSet")?.Elements().Select(static a => a.Text("subnetId")).OfType<string>().ToList(),
        });
        response.NextToken = xml.Token("nextToken");
    }

    public static void Read(XElement xml, DescribeVpcEndpointsResponse response)
    {
        response.VpcEndpoints = xml.Each("vpcEndpointSet", static endpoint => new VpcEndpoint
        {
            VpcEndpointId = endpoint.Text("vpcEndpointId"),
            VpcEndpointType = endpoint.Text("vpcEndpointType"),
            ServiceName = endpoint.Text("serviceName"),
            State = endpoint.Text("state"),
            RouteTableIds = endpoint.Each("routeTableIdSet", static id => id.Value),
            PrivateDnsEnabled = endpoint.Truth("privateDnsEnabled"),
        });
        response.NextToken = xml.Token("nextToken");
    }

    // A route has one member of its destination, and one of its target.
    private static Route Route(XElement route) => new()
    {
        Destination = route.Text("destinationCidrBlock") ?? route.Text("destinationIpv6CidrBlock") ?? route.Text("destinationPrefixListId"),
        Target = route.Text("gatewayId") ?? route.Text("natGatewayId") ?? route.Text("egressOnlyInternetGatewayId") ?? route.Text("transitGatewayId")
            ?? route.Text("vpcPeeringConnectionId") ?? route.Text("instanceId") ?? route.Text("networkInterfaceId") ?? route.Text("localGatewayId")
            ?? route.Text("carrierGatewayId") ?? route.Text("coreNetworkArn"),
        State = route.Text("state"),
    };
}
