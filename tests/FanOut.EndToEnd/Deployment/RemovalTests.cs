using System.Globalization;
using FanOut.LocalCloud;

namespace FanOut.EndToEnd.Deployment;

/// <summary>What is in the cloud after a function was removed: what was there before it was published, and what the cmdlet says.</summary>
public sealed class RemovalTests
{
    private const string Logs = "log group /aws/lambda/proof", Table = "table arn:aws:dynamodb:us-east-1:123456789012:table/proofTargets";

    [Theory]
    [InlineData("", "These are left: log group /aws/lambda/proof (-IncludeLogs deletes it); table proofTargets with {rows} rows (-IncludeTable deletes it).", Logs, Table)]
    [InlineData("-IncludeLogs -IncludeTable", null)]
    public async Task What_is_left_is_what_the_cmdlet_says(string switches, string? warning, params string[] left)
    {
        await using PublishedFunction function = await PublishedFunction.StartAsync();
        await function.PutAsync("1");
        Cloud cloud = function.Session.Cloud;
        string[] published = Inventory(function);

        var removed = function.Run($"Remove-FanOutFunction -Confirm:$false {switches}");

        Assert.Equal(warning is null ? [] : [warning.Replace("{rows}", (2 * PublishedFunction.Types.Length).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)], removed.Warnings);
        string[] gone = [.. published.Except(Inventory(function))];
        Assert.Equal(
            new[]
            {
                "function arn:aws:lambda:us-east-1:123456789012:function:proof", Logs, $"mapping {CustomersStream(cloud)}",
                "mapping arn:aws:kinesis:us-east-1:123456789012:stream/orders", $"role {PublishedFunction.RoleArn}", Table,
            }.Except(left).Order(StringComparer.Ordinal),
            gone.Order(StringComparer.Ordinal));
        Assert.Empty(Inventory(function).Except(published));

        // Not only the group is left, but what the function wrote.
        Assert.Equal(left.Contains(Logs), cloud.Logs.Find("/aws/lambda/proof")?.Lines.Count > 0);
    }

    private static string CustomersStream(Cloud cloud) => cloud.Dynamo.Find("customers")!.EventStream!.Arn;

    private static string[] Inventory(PublishedFunction function)
    {
        Cloud cloud = function.Session.Cloud;
        return
        [
            .. function.Session.Lambda.Functions.Select(static f => $"function {f.Arn}"),
            .. function.Session.Lambda.EventSourceMappings.Values.Select(static m => $"mapping {m.Stream.Arn}"),
            .. cloud.Iam.Roles.Select(static r => $"role {r.Arn}"),
            .. cloud.Logs.LogGroups.Select(static g => $"log group {g.Name}"),
            .. cloud.Dynamo.Tables.Select(static t => $"table {t.Arn}"),
            .. cloud.Kinesis.Streams.Select(static s => $"stream {s.Arn}"),
            .. cloud.Sqs.Queues.Select(static q => $"queue {q.Arn}"),
            .. cloud.Sns.Topics.Select(static t => $"topic {t.Arn}"),
        ];
    }
}
