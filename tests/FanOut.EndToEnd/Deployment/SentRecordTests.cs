using System.Management.Automation;
using FanOut.LocalCloud.Faults;

namespace FanOut.EndToEnd.Deployment;

/// <summary>A marked record on all of its way: into the stream, through the published function under its policies, to its targets, and what the function tells of it.</summary>
public sealed class SentRecordTests
{
    [Fact]
    public async Task The_published_function_tells_what_became_of_a_marked_record_at_each_target()
    {
        await using PublishedFunction function = await PublishedFunction.StartAsync();
        function.Run("Register-FanOutTarget sqs narrow all -Source orders -SourceType Kinesis -Enabled -Filter '{\"data\":{\"total\":[12]}}'");

        Dictionary<string, PSObject> sent = Send(function);

        Assert.Equal([.. PublishedFunction.Types.Select(static t => $"{t} Pass").Append("narrow Warn").Order(StringComparer.Ordinal)], Statuses(sent));
        Assert.Contains("Delivered to ", Detail(sent["sqs"]), StringComparison.Ordinal);
        Assert.Contains(" s after the record had come to the source.", Detail(sent["sqs"]), StringComparison.Ordinal);
        Assert.Single(function.Session.Cloud.Kinesis.Find("orders")!.Shards.SelectMany(static s => s.Records));
        string mark = Detail(sent["sqs"]).Split(' ', ',').First(static w => w.StartsWith("fanout-test-", StringComparison.Ordinal));
        Assert.Contains(function.Session.Cloud.Sqs.Find("all")!.Messages, m => m.Body.Contains(mark, StringComparison.Ordinal));
        Assert.Equal("test record", $"{Assert.Single(function.Run("Get-FanOutLog -Source orders -SourceType Kinesis | Where-Object Message -eq 'test record'").Output).Properties["Message"].Value}");
        Assert.Empty(function.Denied);
    }

    [Fact]
    public async Task A_target_that_refuses_it_is_told_with_the_reason_and_the_others_have_it()
    {
        await using PublishedFunction function = await PublishedFunction.StartAsync();
        function.Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sqs", Operation = "SendMessageBatch" });

        Dictionary<string, PSObject> sent = Send(function);

        Assert.Equal([.. PublishedFunction.Types.Select(static t => t == "sqs" ? "sqs Fail" : $"{t} Pass").Order(StringComparer.Ordinal)], Statuses(sent));
        Assert.Contains("PermanentTarget, ", Detail(sent["sqs"]), StringComparison.Ordinal);
        Assert.Contains("failed at sqs.", Detail(sent["es"]), StringComparison.OrdinalIgnoreCase);
    }

    private static Dictionary<string, PSObject> Send(PublishedFunction function) =>
        function.Run("Test-FanOutTarget -Source orders -SourceType Kinesis -Send -Through Source | Where-Object Check -eq Send").Output.ToDictionary(static c => $"{c.Properties["Id"].Value}");

    private static IEnumerable<string> Statuses(Dictionary<string, PSObject> sent) => sent.Select(static s => $"{s.Key} {s.Value.Properties["Status"].Value}").Order(StringComparer.Ordinal);

    private static string Detail(PSObject check) => $"{check.Properties["Detail"].Value}";
}
