using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>A desired state at moto, whose DynamoDB is not ours: five hundred targets in transactions, and rows that others change meanwhile.</summary>
public sealed class DesiredStateTests(MotoServer moto) : IDisposable
{
    private const int Many = 500;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Five_hundred_targets_are_written_changed_and_removed()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "state-many");
        string path = Write(session, Enumerable.Range(1, Many).Select(static i => $"t{i}"));

        session.Run($"Sync-FanOutTarget '{path}' -WarningAction Ignore").ThrowIfFailed();
        Assert.Equal(Many, (await session.RowsAsync()).Count);
        Assert.Equal(["Unchanged"], session.Run($"Sync-FanOutTarget '{path}' -WhatIf -WarningAction Ignore").ThrowIfFailed().Output.Select(static o => $"{o.Properties["Action"].Value}").Distinct());

        session.Run($"Set-FanOutTarget t7 -SourceArn {session.Source} -Collapse none -WarningAction Ignore").ThrowIfFailed();
        Assert.Equal(
            ["Change Target t7"],
            session.Run($"Sync-FanOutTarget '{path}' -PassThru -WarningAction Ignore").ThrowIfFailed().Output.Select(static o => $"{o}"));
        Assert.Equal("JSON", (await session.RowAsync("t7"))!["collapse"]!["S"]!.GetValue<string>());

        string few = Write(session, ["t1", "t2"]);
        session.Run($"Sync-FanOutTarget '{few}' -Prune -Confirm:$false -WarningAction Ignore").ThrowIfFailed();
        Assert.Equal(["t1", "t2"], (await session.RowsAsync()).Select(static r => r["id"]!["S"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_there_is_comes_out_and_changes_nothing_when_it_goes_in_again()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "state-export");
        session.Run($$$"""
            Register-FanOutTarget sqs audit arn:aws:sqs:us-east-1:123456789012:audit -SourceArn $source -Enabled -Filter '{"data":{"x":[1]}}' -WarningAction Ignore
            Register-FanOutTarget kinesis copy arn:aws:kinesis:eu-west-1:210987654321:stream/copy -SourceArn $source -DestinationRoleArn arn:aws:iam::210987654321:role/x -ExternalId ext-1 -WarningAction Ignore
            Export-FanOutTarget '{{{Path.Join(_folder.Path, "state.json")}}}'
            """).ThrowIfFailed();

        Assert.Equal(
            ["Unchanged Target audit", "Unchanged Target copy"],
            session.Run($"Sync-FanOutTarget '{Path.Join(_folder.Path, "state.json")}' -Prune -WhatIf -WarningAction Ignore").ThrowIfFailed().Output.Select(static o => $"{o}"));
    }

    private string Write(MotoSession session, IEnumerable<string> ids)
    {
        string path = Path.Join(_folder.Path, "state.json");
        File.WriteAllText(path, new JsonObject
        {
            ["Targets"] = new JsonArray([.. ids.Select(id => (JsonNode)new JsonObject { ["Id"] = id, ["Type"] = "sqs", ["Destination"] = $"arn:aws:sqs:us-east-1:123456789012:{id}", ["SourceArn"] = session.Source })]),
        }.ToJsonString());
        return path;
    }
}
