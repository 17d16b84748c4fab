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
        });
        response.NextToken = xml.Token("nextToken");
    }
}
