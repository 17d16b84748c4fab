using FanOut.Aws.Ec2;
using FanOut.Credentials;
using FanOut.Destinations;

namespace FanOut.Completion;

/// <summary>Completes ids of subnets; the tool tip has name, zone, addresses and VPC.</summary>
public sealed class SubnetCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, CancellationToken cancellationToken)
    {
        AmazonEC2Client ec2 = session.Client(AmazonEC2Client.Service, static (c, s) => new AmazonEC2Client(c, s));
        return Pages.AllAsync(
            next => ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { MaxResults = 1000, NextToken = next }, cancellationToken),
            static p => p.Subnets?.Select(static s => new Value(
                s.SubnetId!, $"{s.Tags?.GetValueOrDefault("Name") ?? "subnet"}, {s.AvailabilityZone}, {s.CidrBlock} of {s.VpcId}")),
            static p => p.NextToken);
    }
}
