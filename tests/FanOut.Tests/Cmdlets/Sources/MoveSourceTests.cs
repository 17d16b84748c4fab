using System.Management.Automation;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.Tests.Cmdlets.Deployment;

namespace FanOut.Tests.Cmdlets.Sources;

/// <summary>A source that the function reads is moved to an alias of it, and back: its place in the stream and its settings stay.</summary>
public sealed class MoveSourceTests : DeploymentTests
{
    private const string Connect = $"Connect-FanOutSource -SourceArn {CloudSession.Orders}";
    private const string Update = "lambda:UpdateEventSourceMapping";

    private KeyValuePair<string, EventSourceMapping> Only => Assert.Single(Session.Lambda.EventSourceMappings);

    [Fact]
    public void Without_Force_the_error_names_what_reads_it_and_Force_moves_it()
    {
        Run("Publish-FanOutFunction -Alias live").ThrowIfFailed();
        Run($"{Connect} -FunctionName fresh -Wait").ThrowIfFailed();
        string id = Only.Key;
        Session.Forget();

        ErrorRecord error = Run($"{Connect} -FunctionName fresh:live").Error();

        Assert.Equal(
            $"{CloudSession.Orders} is connected to the function fresh already (event source mapping {id}, state Enabled), and not as it was given: FunctionName is fresh, not fresh:live.",
            error.Exception.Message);
        Assert.Empty(Session.Changes);

        Run($"{Connect} -FunctionName fresh:live -Force -Wait").ThrowIfFailed();
        Assert.Equal((id, "live"), (Only.Key, Only.Value.FunctionArn.Split(':')[^1]));
        Run($"{Connect} -FunctionName 'fresh:$LATEST' -Force -Wait").ThrowIfFailed();
        Assert.Equal((id, "fresh"), (Only.Key, Only.Value.FunctionArn.Split(':')[^1]));
        Assert.Equal([Update, Update], Session.Changes.Where(static c => c.Contains("EventSource", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_Get_FanOutSource_says_moves_it_with_its_settings()
    {
        Run("Publish-FanOutFunction -Alias live").ThrowIfFailed();
        Run($"{Connect} -FunctionName fresh -BatchSize 9 -MaximumRetryAttempts -1 -MaximumRecordAge -1 -StartingPosition TrimHorizon -Wait").ThrowIfFailed();
        EventSourceMappingOptions before = Only.Value.Settings;

        PSObject found = Run($"Get-FanOutSource -SourceArn {CloudSession.Orders} -FunctionName fresh:live").ThrowIfFailed().Only();
        string problem = ((IEnumerable<string>)found.Properties["Problems"].Value).First();

        Assert.StartsWith("The source is read by fresh, not by what was asked for.", problem, StringComparison.Ordinal);
        PowerShellResult moved = Run(problem[problem.IndexOf("Get-FanOutSource", StringComparison.Ordinal)..]).ThrowIfFailed();
        Assert.Empty(moved.Warnings);
        Assert.Equal("live", Only.Value.FunctionArn.Split(':')[^1]);
        Assert.Equal(before, Only.Value.Settings);
    }

    [Fact]
    public void A_mapping_asks_which_records_failed_before_it_calls_an_alias_that_answers_it()
    {
        Run("Publish-FanOutFunction -Environment @{ FANOUT_BATCH_ITEM_FAILURES = 'true' } -Alias live").ThrowIfFailed();
        Run("Publish-FanOutFunction -Environment @{ FANOUT_BATCH_ITEM_FAILURES = $null }").ThrowIfFailed();
        Session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fresh", new() { ReportBatchItemFailures = false });
        Session.Forget();

        List<(string Called, bool Asks)> seen = [];
        Session.Cloud.Faults.Add(new Fault
        {
            Kind = FaultKind.Slow,
            Where = _ =>
            {
                seen.Add((Only.Value.FunctionArn.Split(':')[^1], Only.Value.Settings.ReportBatchItemFailures));
                return false;
            },
        });
        Run($"{Connect} -FunctionName fresh:live -Force -Wait").ThrowIfFailed();

        Assert.Equal([("fresh", false), ("fresh", true), ("live", true)], seen.Distinct());
    }

    [Fact]
    public void Of_two_that_read_it_none_is_moved()
    {
        Run("Publish-FanOutFunction -Alias live").ThrowIfFailed();
        Session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fresh", new());
        Session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fresh:live", new());
        Session.Forget();

        ErrorRecord error = Run($"{Connect} -FunctionName fresh:live -Force").Error();

        Assert.StartsWith("SourceAlreadyConnected,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith($"{CloudSession.Orders} is read 2 times: by fresh", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Session.Changes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sync_moves_or_connects_it_to_the_alias_of_the_file(bool isConnected)
    {
        Run("Publish-FanOutFunction -Alias live").ThrowIfFailed();
        Run(isConnected ? $"{Connect} -FunctionName fresh -Wait" : "").ThrowIfFailed();
        string? id = isConnected ? Only.Key : null;
        using var folder = new TemporaryFolder();
        string file = Path.Join(folder.Path, "state.json");
        File.WriteAllText(file, $$"""{ "Function": { "FunctionName": "fresh", "Alias": "live" }, "Sources": [ { "SourceArn": "{{CloudSession.Orders}}" } ] }""");

        string plan = string.Join('\n', Run($"Sync-FanOutTarget '{file}' -PackagePath '{PackagePath}' -SkipTest -WhatIf -PassThru | ForEach-Object Attributes | ForEach-Object {{ \"$($_.Name) $($_.Old) $($_.New)\" }}").ThrowIfFailed().Output);
        Assert.Equal(isConnected, plan.Contains("FunctionName fresh fresh:live", StringComparison.Ordinal));
        Run($"Sync-FanOutTarget '{file}' -PackagePath '{PackagePath}' -SkipTest").ThrowIfFailed();

        Assert.Equal((id ?? Only.Key, "live"), (Only.Key, Only.Value.FunctionArn.Split(':')[^1]));
    }
}
