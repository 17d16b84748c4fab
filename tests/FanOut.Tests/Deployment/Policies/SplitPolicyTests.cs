using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Deployment.Policies;

public sealed class SplitPolicyTests
{
    [Fact]
    public void What_fits_stays_one_inline_policy()
    {
        PolicyDocument document = ExecutionPolicy.Of(Given.Function(Queues(20)));

        RolePolicy policy = Assert.Single(SplitPolicy.OfFunction("fanout", document));

        Assert.Equal(("FanOut-fanout", false, document.Json), (policy.Name, policy.IsManaged, policy.Document.Json));
    }

    [Theory]
    [InlineData(160)]
    [InlineData(400)]
    [InlineData(700)]
    public void What_does_not_fit_goes_into_managed_policies(int queues)
    {
        PolicyDocument document = ExecutionPolicy.Of(Given.Function([.. Queues(queues), .. Enumerable.Range(0, 40).Select(static i => Given.Target(TargetType.Kinesis, $"copy-{i:000}"))]));

        IReadOnlyList<RolePolicy> policies = SplitPolicy.OfFunction("fanout", document);

        Assert.Equal(["FanOut-fanout", .. Enumerable.Range(2, policies.Count - 1).Select(static i => $"FanOut-fanout-{i}")], policies.Select(static p => p.Name));
        Assert.Equal([false, .. Enumerable.Repeat(true, policies.Count - 1)], policies.Select(static p => p.IsManaged));
        Assert.True(policies.Count > 1);
        Assert.All(policies, static p => Assert.InRange(p.Document.Size, 1, p.IsManaged ? SplitPolicy.ManagedSize : SplitPolicy.InlineSize));

        // Full but for less than one more resource, except the last.
        Assert.All(policies.SkipLast(1), static p => Assert.InRange(p.Document.Size, (p.IsManaged ? SplitPolicy.ManagedSize : SplitPolicy.InlineSize) - 250, int.MaxValue));
        Assert.Equal(Pairs([document]), Pairs(policies.Select(static p => p.Document)));
    }

    [Fact]
    public void A_document_of_exactly_the_limit_is_not_divided()
    {
        int queues = 1;
        while (ExecutionPolicy.Of(Given.Function(Queues(queues + 1))).Size <= SplitPolicy.InlineSize - 65)
        {
            queues++;
        }

        PolicyDocument Padded(int more) => ExecutionPolicy.Of(Given.Function([.. Queues(queues - 1), Given.Target(TargetType.Sqs, $"arn:aws:sqs:us-east-1:123456789012:{new string('z', more)}")]));
        int fits = Enumerable.Range(1, 80).Last(i => Padded(i).Size <= SplitPolicy.InlineSize);

        Assert.Single(SplitPolicy.OfFunction("fanout", Padded(fits)));
        if (fits < 80)
        {
            Assert.Equal(SplitPolicy.InlineSize, Padded(fits).Size);
            Assert.Equal(2, SplitPolicy.OfFunction("fanout", Padded(fits + 1)).Count);
        }
    }

    [Fact]
    public void Managed_policies_of_several_roles_have_different_names()
    {
        PolicyDocument document = ExecutionPolicy.Of(Given.Function(Queues(300)));

        Assert.Equal(
            ["FanOut-fanout", "FanOut-fanout-writer-2"], SplitPolicy.OfTarget("fanout", "arn:aws:iam::210987654321:role/teams/writer", document).Select(static p => p.Name));
    }

    private static Mapping[] Queues(int count) => [.. Enumerable.Range(0, count).Select(static i => Given.Target(TargetType.Sqs, $"arn:aws:sqs:us-east-1:123456789012:a-queue-{i:0000}"))];

    private static IEnumerable<string> Pairs(IEnumerable<PolicyDocument> documents) =>
        documents.SelectMany(static d => d.Statements).SelectMany(static s => s.Resources.Select(r => $"{s.Sid} {string.Join(',', s.Actions)} {r} {s.Condition}"));
}
