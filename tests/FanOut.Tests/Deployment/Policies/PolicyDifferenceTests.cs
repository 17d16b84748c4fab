using System.Reflection;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Deployment.Policies;

/// <summary>Whoever changes a target updates the role's policy exactly where the policy would be another.</summary>
public sealed class PolicyDifferenceTests
{
    private static readonly Mapping[] Targets =
    [
        Given.Target(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:q") with { DeadLetter = Letters("letters"), OnFailure = OnFailure.DeadLetter },
        Given.Target(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:q") with { Role = "arn:aws:iam::210987654321:role/first" },
        Given.Target(TargetType.Http, "https://api.example.com/orders"),
        Given.Target(TargetType.Es, "search-orders-abc.us-east-1.es.amazonaws.com#orders"),
        Given.Target(TargetType.Kinesis, "copy"),
    ];

    // Another value for each setting that permissions look at, for those of the targets above that it fits.
    private static readonly Dictionary<string, Func<Mapping, Mapping?>> Others = new()
    {
        [nameof(Mapping.Type)] = static m => m.Type == TargetType.Sqs ? Given.Target(TargetType.Sns, "arn:aws:sns:us-east-1:123456789012:q") with { DeadLetter = m.DeadLetter, OnFailure = m.OnFailure } : null,
        [nameof(Mapping.Destination)] = static m => m.Type switch
        {
            TargetType.Sqs when m.Role is null => m with { Destination = Letters("other") },
            TargetType.Es => m with { Destination = Given.Target(TargetType.Es, "search-orders-abc.us-east-1.es.amazonaws.com#others").Destination },
            _ => null,
        },
        [nameof(Mapping.Region)] = static m => m.Type == TargetType.Kinesis ? m with { Region = "eu-west-1" } : null,
        [nameof(Mapping.Role)] = static m => m.Type != TargetType.Http ? m with { Role = "arn:aws:iam::210987654321:role/writer" } : null,
        [nameof(Mapping.DeadLetter)] = static m => m.DeadLetter is not null ? m with { DeadLetter = Letters("others") } : null,
        [nameof(Mapping.OnFailure)] = static m => m.DeadLetter is not null ? m with { OnFailure = OnFailure.Block } : null,
        [nameof(Mapping.HeadersSecret)] = static m => m.Type == TargetType.Http ? m with { HeadersSecret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:key-a1B2c3" } : null,
    };

    // What no statement of the policy depends on.
    private static readonly string[] Free =
    [
        nameof(Mapping.Id), nameof(Mapping.SourceArn), nameof(Mapping.Active), nameof(Mapping.DestinationTemplate), nameof(Mapping.DocumentId), nameof(Mapping.DocumentAction), nameof(Mapping.ExternalId),
        nameof(Mapping.Collapse), nameof(Mapping.Parallel), nameof(Mapping.ConvertDDB), nameof(Mapping.Deaggregate), nameof(Mapping.Unpack), nameof(Mapping.AppendNewlines), nameof(Mapping.Passthrough),
        nameof(Mapping.View), nameof(Mapping.HashKey), nameof(Mapping.RecordFormat), nameof(Mapping.MaxItemBytes), nameof(Mapping.MaxBatchBytes), nameof(Mapping.Filter), nameof(Mapping.Transform),
        nameof(Mapping.Key), nameof(Mapping.EventSource), nameof(Mapping.DetailType), nameof(Mapping.DeduplicationId), nameof(Mapping.MessageAttributes),
    ];

    public static TheoryData<string> Settings => [.. typeof(Mapping).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.CanWrite).Select(static p => p.Name)];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_change_of_a_setting_is_told_where_the_policy_is_another_by_it(string setting)
    {
        Assert.True(Others.ContainsKey(setting) ^ Free.Contains(setting), $"Say above whether the function's permissions depend on {setting}.");
        (Mapping Before, Mapping After)[] changes = [.. Others.TryGetValue(setting, out Func<Mapping, Mapping?>? other)
            ? Targets.Select(m => (m, other(m))).Where(static c => c.Item2 is not null).Select(static c => (c.m, c.Item2!)) : []];

        Assert.Equal(other is null, changes.Length == 0);
        Assert.All(changes, static c =>
        {
            Assert.NotEqual(Policy(c.Before), Policy(c.After));
            Assert.True(ExecutionPolicy.Differs(c.Before, c.After));
            Assert.True(ExecutionPolicy.Differs(c.After, c.Before));
        });
    }

    [Fact]
    public void What_is_new_or_removed_is_told_and_what_needs_the_same_is_not()
    {
        Assert.All(Targets.Where(static m => m.Type != TargetType.Http), static m => Assert.True(ExecutionPolicy.Differs(null, m) && ExecutionPolicy.Differs(m, null)));

        // A role of another account may have another key to use, or another policy, with the destination.
        Mapping byRole = Targets[1];
        Assert.True(ExecutionPolicy.Differs(byRole, byRole with { Destination = Letters("other") }));
        Assert.All(Targets, static m => Assert.False(ExecutionPolicy.Differs(m, m with { Active = !m.Active, MaxItemBytes = 17, ExternalId = "other" })));
    }

    private static Destination Letters(string name) => Given.Target(TargetType.Sqs, $"arn:aws:sqs:us-east-1:123456789012:{name}").Destination;

    private static string Policy(Mapping mapping) => ExecutionPolicy.Of(Given.Function(mapping)).Json;
}
