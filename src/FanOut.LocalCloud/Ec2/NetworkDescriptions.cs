using System.Globalization;
using System.Xml;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Ec2;

/// <summary>The operations that describe networks, page by page, with the filters <c>vpc-id</c>, <c>subnet-id</c> and <c>group-id</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html</remarks>
internal sealed class NetworkDescriptions(Ec2Service network)
{
    private const string Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

    public HttpResponse Subnets(ServiceCall call) => Answer(
        call,
        "subnetSet",
        network.Subnets.Where(s => s.AvailabilityZone.StartsWith(call.Region, StringComparison.Ordinal)),
        static s => s.Id,
        static (s, filter) => filter switch { "vpc-id" => s.VpcId, "subnet-id" => s.Id, _ => null },
        static (xml, s) =>
        {
            xml.WriteElementString("subnetId", s.Id);
            xml.WriteElementString("vpcId", s.VpcId);
            xml.WriteElementString("cidrBlock", s.CidrBlock);
            xml.WriteElementString("availabilityZone", s.AvailabilityZone);
            if (s.Name is not null)
            {
                xml.WriteStartElement("tagSet");
                xml.WriteStartElement("item");
                xml.WriteElementString("key", "Name");
                xml.WriteElementString("value", s.Name);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
        });

    public HttpResponse SecurityGroups(ServiceCall call) => Answer(
        call,
        "securityGroupInfo",
        network.SecurityGroups,
        static g => g.Id,
        static (g, filter) => filter switch { "vpc-id" => g.VpcId, "group-id" => g.Id, _ => null },
        static (xml, g) =>
        {
            xml.WriteElementString("groupId", g.Id);
            xml.WriteElementString("groupName", g.Name);
            xml.WriteElementString("groupDescription", g.Description);
            xml.WriteElementString("vpcId", g.VpcId);
            Items(xml, "ipPermissions", g.Ingress, rule => WriteRule(xml, rule));
            Items(xml, "ipPermissionsEgress", g.Egress, rule => WriteRule(xml, rule));
        });

    public HttpResponse RouteTables(ServiceCall call) => Answer(
        call,
        "routeTableSet",
        network.RouteTables,
        static t => t.Id,
        static (t, filter) => filter switch { "vpc-id" => t.VpcId, "route-table-id" => t.Id, _ => null },
        static (xml, t) =>
        {
            xml.WriteElementString("routeTableId", t.Id);
            xml.WriteElementString("vpcId", t.VpcId);
            Items(xml, "routeSet", t.Routes.Prepend(new("10.0.0.0/16", "local")), route =>
            {
                xml.WriteElementString(route.Key.StartsWith("pl-", StringComparison.Ordinal) ? "destinationPrefixListId" : route.Key.Contains(':', StringComparison.Ordinal) ? "destinationIpv6CidrBlock" : "destinationCidrBlock", route.Key);
                xml.WriteElementString(MemberOf(route.Value), route.Value);
                xml.WriteElementString("state", "active");
            });
            Items(xml, "associationSet", t.Subnets.Concat(t.IsMain ? [""] : []), subnet =>
            {
                xml.WriteElementString("routeTableId", t.Id);
                xml.WriteElementString("main", subnet.Length == 0 ? "true" : "false");
                if (subnet.Length > 0)
                {
                    xml.WriteElementString("subnetId", subnet);
                }
            });
        });

    public HttpResponse VpcEndpoints(ServiceCall call) => Answer(
        call,
        "vpcEndpointSet",
        network.VpcEndpoints,
        static e => e.Id,
        static (e, filter) => filter switch { "vpc-id" => e.VpcId, "vpc-endpoint-id" => e.Id, "service-name" => e.ServiceName, _ => null },
        static (xml, e) =>
        {
            xml.WriteElementString("vpcEndpointId", e.Id);
            xml.WriteElementString("vpcEndpointType", e.RouteTables is null ? "Interface" : "Gateway");
            xml.WriteElementString("vpcId", e.VpcId);
            xml.WriteElementString("serviceName", e.ServiceName);
            xml.WriteElementString("state", e.State);
            Items(xml, "routeTableIdSet", e.RouteTables ?? [], xml.WriteString);
            xml.WriteElementString("privateDnsEnabled", e.RouteTables is null && e.HasPrivateDns ? "true" : "false");
        });

    private static void WriteRule(XmlWriter xml, Ec2SecurityRule rule)
    {
        xml.WriteElementString("ipProtocol", rule.Protocol);
        if (rule.FromPort is { } from)
        {
            xml.WriteElementString("fromPort", from.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("toPort", (rule.ToPort ?? from).ToString(CultureInfo.InvariantCulture));
        }

        Items(xml, "groups", rule.Groups, id => xml.WriteElementString("groupId", id));
        Items(xml, "ipRanges", rule.Cidrs, cidr => xml.WriteElementString("cidrIp", cidr));
        Items(xml, "prefixListIds", rule.PrefixLists, id => xml.WriteElementString("prefixListId", id));
    }

    private static string MemberOf(string target) => target.Split('-')[0] switch
    {
        "nat" => "natGatewayId",
        "tgw" => "transitGatewayId",
        "pcx" => "vpcPeeringConnectionId",
        "eni" => "networkInterfaceId",
        "eigw" => "egressOnlyInternetGatewayId",
        _ => "gatewayId",
    };

    private static void Items<T>(XmlWriter xml, string list, IEnumerable<T> items, Action<T> write)
    {
        xml.WriteStartElement(list);
        foreach (T item in items)
        {
            xml.WriteStartElement("item");
            write(item);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static HttpResponse Answer<T>(
        ServiceCall call, string list, IEnumerable<T> all, Func<T, string> id, Func<T, string, string?> value, Action<XmlWriter, T> write)
    {
        foreach (string filter in call.Form.Members("Filter"))
        {
            string name = call.Form.RequiredText($"{filter}.Name");
            HashSet<string> wanted = [.. call.Form.Members($"{filter}.Value").Select(call.Form.RequiredText)];
            all = all.Where(item => wanted.Contains(
                value(item, name) ?? throw new ServiceException("InvalidParameterValue", $"The filter '{name}' is invalid")));
        }

        string after = call.Form.Text("NextToken") ?? "";
        T[] rest = [.. all.Where(item => string.CompareOrdinal(id(item), after) > 0).OrderBy(id, StringComparer.Ordinal)];
        int most = int.TryParse(call.Form.Text("MaxResults"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : rest.Length;
        return XmlAnswer.Document(200, xml =>
        {
            xml.WriteStartElement($"{call.Operation}Response", Namespace);
            xml.WriteElementString("requestId", call.RequestId);
            xml.WriteStartElement(list);
            foreach (T item in rest.Take(most))
            {
                xml.WriteStartElement("item");
                write(xml, item);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            if (rest.Length > most)
            {
                xml.WriteElementString("nextToken", id(rest[most - 1]));
            }

            xml.WriteEndElement();
        });
    }
}
