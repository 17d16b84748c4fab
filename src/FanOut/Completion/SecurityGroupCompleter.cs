using System.Runtime.CompilerServices;
using FanOut.Aws.Ec2;
using FanOut.Credentials;
using FanOut.Destinations;

namespace FanOut.Completion;

/// <summary>Completes ids of security groups, of the subnets' VPC where -Subnet was typed; the tool tip has name, VPC and description.</summary>
public sealed class SecurityGroupCompleter : AwsCompleter
{
    private const int AtATime = 1000;

    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AmazonEC2Client ec2 = session.Client(AmazonEC2Client.Service, static (c, s) => new AmazonEC2Client(c, s));
        List<NetworkFilter>? filters = await FiltersAsync(ec2, typed, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<SecurityGroup> groups = Pages.AllAsync(
            next => ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { Filters = filters, MaxResults = AtATime, NextToken = next }, cancellationToken),
            static p => p.SecurityGroups,
            static p => p.NextToken);
        await foreach (SecurityGroup group in groups.ConfigureAwait(false))
        {
            yield return new Value(group.GroupId!, $"{group.GroupName} of {group.VpcId}: {group.Description}");
        }
    }

    private static async Task<List<NetworkFilter>?> FiltersAsync(AmazonEC2Client ec2, Typed typed, CancellationToken cancellationToken)
    {
        if (typed.Texts("Subnet") is not { Count: > 0 } subnets)
        {
            return null;
        }

        var request = new DescribeSubnetsRequest { Filters = [new NetworkFilter("subnet-id", subnets)] };
        DescribeSubnetsResponse found = await ec2.DescribeSubnetsAsync(request, cancellationToken).ConfigureAwait(false);
        string[] networks = [.. (found.Subnets ?? []).Select(static s => s.VpcId).OfType<string>().Distinct()];
        return networks.Length > 0 ? [new NetworkFilter("vpc-id", networks)] : null;
    }
}
