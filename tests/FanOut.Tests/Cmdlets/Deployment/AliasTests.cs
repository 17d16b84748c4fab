using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>A version cannot be changed any more, so it answers which records failed from the start, where that is safe.</summary>
public sealed class AliasTests : DeploymentTests
{
    private const string Connect = $"Connect-FanOutSource -SourceArn {CloudSession.Orders} -MaximumRetryAttempts -1 -MaximumRecordAge -1";

    private string? Variable => Deployed.Environment.GetValueOrDefault("FANOUT_BATCH_ITEM_FAILURES");

    [Fact]
    public void A_source_of_a_new_alias_is_connected_without_warning_and_asks_for_failed_records()
    {
        Run("Publish-FanOutFunction -Alias live").ThrowIfFailed();
        Session.Forget();

        Assert.Empty(Run($"{Connect} -FunctionName fresh:live").ThrowIfFailed().Warnings);

        Assert.Equal(["iam:PutRolePolicy", "lambda:CreateEventSourceMapping"], Session.Changes);
        Assert.True(Assert.Single(Session.Lambda.EventSourceMappings).Value.Settings.ReportBatchItemFailures);
        Session.Forget();
        Run("Publish-FanOutFunction -Alias live").ThrowIfFailed();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void A_mapping_of_a_removed_function_that_does_not_ask_keeps_it_off()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        EventSourceMapping kept = Session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fresh", new() { ReportBatchItemFailures = false });
        Assert.True(Session.Lambda.Remove("fresh"));

        Run("Publish-FanOutFunction -Alias live").ThrowIfFailed();

        Assert.Null(Variable);
        Assert.False(kept.Settings.ReportBatchItemFailures);
    }

    [Theory]
    [InlineData("fresh:live", "-FunctionName fresh", " -FunctionName 'fresh:live'")]
    [InlineData("fresh:live", "-FunctionName fresh:live", " -FunctionName 'fresh:live'")]
    [InlineData("fresh", "-FunctionName fresh:live -SourceArn " + CloudSession.Orders, null)]
    public void A_source_is_judged_by_the_alias_that_it_calls_and_not_by_the_one_that_was_asked_for(string called, string arguments, string? function)
    {
        Run("Publish-FanOutFunction -Environment @{ FANOUT_BATCH_ITEM_FAILURES = 'true' } -Alias live").ThrowIfFailed();
        Run("Publish-FanOutFunction -Environment @{ FANOUT_BATCH_ITEM_FAILURES = $null }").ThrowIfFailed();
        Session.Lambda.CreateEventSourceMapping(CloudSession.Orders, called, new() { ReportBatchItemFailures = false });

        string problems = string.Join('\n', (IEnumerable<string>)Run($"Get-FanOutSource {arguments}").ThrowIfFailed().Only().Properties["Problems"].Value);

        Assert.Equal(function is not null, problems.Contains("Records that fail are lost: the function's FANOUT_BATCH_ITEM_FAILURES is true", StringComparison.Ordinal));
        Assert.Contains(function ?? "", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_said_otherwise_stays()
    {
        Run("Publish-FanOutFunction -Environment @{ FANOUT_BATCH_ITEM_FAILURES = 'false' } -Alias live").ThrowIfFailed();
        Assert.Equal("false", Variable);
        Run("Publish-FanOutFunction -Alias live").ThrowIfFailed();
        Assert.Equal("false", Variable);
        Run("Publish-FanOutFunction -Environment @{ FANOUT_BATCH_ITEM_FAILURES = $null }").ThrowIfFailed();
        Assert.Null(Variable);
    }

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, null)]
    public void A_version_of_a_function_that_is_there_has_it_where_all_mappings_ask(bool asks, string? expected)
    {
        Run("Publish-FanOutFunction -Environment @{ FANOUT_BATCH_ITEM_FAILURES = $null }").ThrowIfFailed();
        Session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fresh", new() { ReportBatchItemFailures = asks });

        Run("Publish-FanOutFunction -MemorySize 256").ThrowIfFailed();
        Assert.Null(Variable);
        Run("Publish-FanOutFunction -PublishVersion").ThrowIfFailed();

        Assert.Equal(expected, Variable);
    }

    [Fact]
    public void An_alias_that_sources_call_and_that_stays_behind_is_warned_of()
    {
        Run($"Publish-FanOutFunction -Alias live; {Connect} -FunctionName fresh:live -WarningAction Ignore").ThrowIfFailed();

        string warning = Assert.Single(Run("Publish-FanOutFunction -MemorySize 256 -WhatIf").ThrowIfFailed().Warnings);
        Assert.Equal("The alias live of the function fresh, which orders calls, stays as it is: the change is of the function itself. -Alias live publishes a version, and lets the alias name it.", warning);
        Assert.Equal(warning, Assert.Single(Run("Publish-FanOutFunction -MemorySize 256").ThrowIfFailed().Warnings));

        Assert.Empty(Run("Publish-FanOutFunction -Tag @{ team = 'a' }").ThrowIfFailed().Warnings);
        Assert.Empty(Run("Publish-FanOutFunction -MemorySize 512 -Alias live").ThrowIfFailed().Warnings);
    }
}
