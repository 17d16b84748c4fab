using System.Globalization;
using System.Net;
using FanOut.Aws.Ec2;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Destinations;
using FanOut.Network;

namespace FanOut.Inspection;

/// <summary>Finds out whether the security groups of a cache and of the function let the function call it.</summary>
/// <param name="session">Who looks, in the function's region.</param>
internal sealed class InspectSecurityGroups(AwsSession session)
{
    private const string Check = "SecurityGroup";

    private sealed record Sides(IReadOnlyList<SecurityGroup> Groups, IReadOnlyList<IPNetwork> Addresses);

    /// <summary>Finds it out.</summary>
    /// <param name="vpc">The function's connection to its VPC.</param>
    /// <param name="cache">The ids of the cache's groups.</param>
    /// <param name="port">The cache's port.</param>
    /// <param name="cancellationToken">Cancels the looks.</param>
    public async Task<Finding> OfAsync(VpcConfigDetail vpc, IReadOnlyList<string> cache, int port, CancellationToken cancellationToken)
    {
        List<string> own = vpc.SecurityGroupIds ?? [];
        string theirs = string.Join(", ", cache), ours = string.Join(", ", own);
        Seen<Sides> seen = await Look.AtAsync(session, async () => (Sides?)await ReadAsync(vpc, [.. cache, .. own], cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (seen.Value is not { } sides)
        {
            return seen.NotSeen(Check, $"Whether the security groups of the cache ({theirs}) let those of the function ({ours}) in", "ec2:DescribeSecurityGroups and ec2:DescribeSubnets");
        }

        SecurityGroup[] caches = [.. sides.Groups.Where(g => cache.Contains(g.GroupId ?? ""))], functions = [.. sides.Groups.Where(g => own.Contains(g.GroupId ?? ""))];
        if (caches.Length == 0 || functions.Length == 0)
        {
            return Finding.Skipped(Check, $"The security groups {(caches.Length == 0 ? theirs : ours)} are not shown to {session.Identity}.", "You need ec2:DescribeSecurityGroups in their account.");
        }

        if (Array.Find(caches, c => c.VpcId is not null && c.VpcId != vpc.VpcId) is { VpcId: var other })
        {
            return Finding.Warn(Check, $"The cache is in {other}, and the function in {vpc.VpcId}: it is reached only by a peering or a transit gateway, at which this does not look.", "Connect the function to the cache's VPC: Publish-FanOutFunction -Subnet <ids> -SecurityGroup <ids>");
        }

        bool? comesIn = GroupRules.Let(caches.SelectMany(static g => g.Ingress ?? []), port, own, sides.Addresses), goesOut = GroupRules.Let(functions.SelectMany(static g => g.Egress ?? []), port, cache, []);
        string tcp = string.Create(CultureInfo.InvariantCulture, $"TCP {port}"), number = port.ToString(CultureInfo.InvariantCulture);
        return (goesOut, comesIn) switch
        {
            (_, false) => Finding.Fail(
                Check, $"No security group of the cache ({theirs}) lets {tcp} in from the function's ({ours}).",
                $"aws ec2 authorize-security-group-ingress --group-id {cache[0]} --protocol tcp --port {number} --source-group {own[0]} --region {session.Region}"),
            (false, _) => Finding.Fail(
                Check, $"No security group of the function ({ours}) lets {tcp} out to the cache's ({theirs}).",
                $"aws ec2 authorize-security-group-egress --group-id {own[0]} --ip-permissions 'IpProtocol=tcp,FromPort={number},ToPort={number},UserIdGroupPairs=[{{GroupId={cache[0]}}}]' --region {session.Region}"),
            (true, true) => Finding.Pass(Check, $"The function's security groups ({ours}) let {tcp} out, and the cache's ({theirs}) let it in."),
            _ => Finding.Warn(
                Check, $"Whether {tcp} comes from the function's security groups ({ours}) to the cache's ({theirs}) depends on addresses or lists of addresses that are not known here.",
                $"aws ec2 describe-security-groups --group-ids {string.Join(' ', cache.Concat(own))} --region {session.Region}"),
        };
    }

    private async Task<Sides> ReadAsync(VpcConfigDetail vpc, string[] ids, CancellationToken cancellationToken)
    {
        AmazonEC2Client ec2 = session.Client(AmazonEC2Client.Service, static (c, s) => new AmazonEC2Client(c, s));
        List<SecurityGroup> groups = await Pages.ListAsync(
            next => ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { Filters = [new NetworkFilter("group-id", ids)], NextToken = next }, cancellationToken),
            static p => p.SecurityGroups,
            static p => p.NextToken).ConfigureAwait(false);
        List<Subnet> subnets = await Pages.ListAsync(
            next => ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { Filters = [new NetworkFilter("subnet-id", vpc.SubnetIds ?? [])], NextToken = next }, cancellationToken),
            static p => p.Subnets,
            static p => p.NextToken).ConfigureAwait(false);
        return new Sides(groups, [.. subnets.Select(static s => IPNetwork.TryParse(s.CidrBlock, out IPNetwork block) ? block : default(IPNetwork?)).OfType<IPNetwork>()]);
    }
}
