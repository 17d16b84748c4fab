using System.Management.Automation;
using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Each target cmdlet against moto's DynamoDB, by parameters and by the pipeline.</summary>
public sealed class TargetCmdletTests(MotoServer moto)
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:q";

    [Fact]
    public async Task A_target_is_registered_with_all_its_settings()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "registered");

        PowerShellResult result = session.Run("""
            Register-FanOutTarget kinesis t1 arn:aws:kinesis:eu-west-1:210987654321:stream/other -Source registered -SourceType Kinesis -Enabled -DestinationRegion eu-west-1 `
                -DestinationRoleArn arn:aws:iam::210987654321:role/x -ExternalId ext-1 -Collapse concat-b64 -Parallel:$false -ConvertDDB -Deaggregate -Unpack gzip -AppendNewlines -View both `
                -Passthrough -MaxItemBytes 1000 -MaxBatchBytes 5000
            """);

        Assert.Equal("t1", result.Property("Id"));
        Assert.Equal(
            $$"""active={"BOOL":true} appendNewlines={"BOOL":true} collapse={"S":"concat-b64"} convertDDB={"BOOL":true} deaggregate={"BOOL":true} """
            + """destination={"S":"arn:aws:kinesis:eu-west-1:210987654321:stream/other"} externalId={"S":"ext-1"} id={"S":"t1"} maxBatchBytes={"N":"5000"} """
            + """maxItemBytes={"N":"1000"} parallel={"BOOL":false} passthrough={"BOOL":true} region={"S":"eu-west-1"} role={"S":"arn:aws:iam::210987654321:role/x"} """
            + $$"""sourceArn={"S":"{{session.Source}}"} type={"S":"kinesis"} unpack={"S":"gzip"} view={"S":"both"}""",
            Assert.Single(await session.RowsAsync()).Sorted());
    }

    [Fact]
    public async Task Targets_are_registered_from_the_pipeline_and_found_by_source_id_and_type()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "piped");

        session.Run($$"""
            'a','b','c' | ForEach-Object { [pscustomobject]@{ Id = $_; Type = 'sqs'; Destination = "{{Queue}}$_"; Enabled = 'true'; SourceArn = $source } } | Register-FanOutTarget
            Register-FanOutTarget iot d 'abc-ats.iot.us-east-1.amazonaws.com#topic' -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/another
            """).ThrowIfFailed();

        Assert.Equal(["a", "b", "c", "d"], (await session.RowsAsync()).Select(row => row.Text("id")).Order(StringComparer.Ordinal));
        Assert.Equal(["a", "b", "c"], Ids(session, "Get-FanOutTarget -Source piped -SourceType Kinesis"));
        Assert.Equal(["a", "b", "c", "d"], Ids(session, "Get-FanOutTarget"));
        Assert.Equal(["b"], Ids(session, "Get-FanOutTarget b -SourceArn $source"));
        Assert.Equal(["a", "c"], Ids(session, "Get-FanOutTarget -Id [ac]"));
        Assert.Equal(["d"], Ids(session, "Get-FanOutTarget -Type iot"));
        Assert.Equal(["b"], Ids(session, "[pscustomobject]@{ Id = 'b'; SourceArn = $source } | Get-FanOutTarget"));
    }

    [Theory]
    [InlineData("Enable-FanOutTarget off -SourceArn $source", "off", true)]
    [InlineData("Get-FanOutTarget off | Enable-FanOutTarget", "off", true)]
    [InlineData("Disable-FanOutTarget -Id on -Source {0} -SourceType Kinesis", "on", false)]
    [InlineData("Get-FanOutTarget | Where-Object Enabled | Disable-FanOutTarget", "on", false)]
    [InlineData("Set-FanOutTarget off -SourceArn $source -Enabled", "off", true)]
    [InlineData("Get-FanOutTarget on | Set-FanOutTarget -Enabled:$false", "on", false)]
    public async Task A_target_is_switched_and_nothing_else_changes(string script, string id, bool active)
    {
        string function = $"switch-{Guid.NewGuid():N}";
        using MotoSession session = await MotoSession.StartAsync(moto, function);
        session.Run($"Register-FanOutTarget sqs on {Queue} -SourceArn $source -Enabled; Register-FanOutTarget sqs off {Queue} -SourceArn $source -Collapse none").ThrowIfFailed();
        JsonObject expected = (await session.RowAsync(id))!;
        expected["active"] = new JsonObject { ["BOOL"] = active };
        string other = (await session.RowAsync(id == "on" ? "off" : "on"))!.Sorted();

        session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, function)).ThrowIfFailed();

        Assert.Equal(expected.Sorted(), (await session.RowAsync(id))!.Sorted());
        Assert.Equal(other, (await session.RowAsync(id == "on" ? "off" : "on"))!.Sorted());
    }

    [Fact]
    public async Task Settings_are_changed_and_taken_away()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "changed");
        session.Run($"Register-FanOutTarget sqs t1 {Queue} -SourceArn $source -DestinationRoleArn arn:aws:iam::210987654321:role/x -ExternalId ext-1 -MaxItemBytes 1000").ThrowIfFailed();

        session.Run("Set-FanOutTarget t1 -SourceArn $source -Collapse none -Parallel:$false -Destination arn:aws:sqs:us-east-1:123456789012:other").ThrowIfFailed();
        JsonObject changed = (await session.RowAsync("t1"))!;
        session.Run("Get-FanOutTarget | Set-FanOutTarget -DestinationRoleArn $null -ExternalId $null -MaxItemBytes $null").ThrowIfFailed();
        JsonObject less = (await session.RowAsync("t1"))!;

        Assert.Equal(
            ("none", false, "arn:aws:sqs:us-east-1:123456789012:other", "ext-1"),
            (changed.Text("collapse"), changed.Flag("parallel"), changed.Text("destination"), changed.Text("externalId")));
        Assert.Equal(["active", "collapse", "destination", "id", "parallel", "sourceArn", "type"], less.Select(attribute => attribute.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("by-parameter", "Unregister-FanOutTarget t1 -SourceArn $source -Confirm:$false")]
    [InlineData("by-pipeline", "Get-FanOutTarget t1 | Unregister-FanOutTarget -Confirm:$false")]
    public async Task A_target_is_deleted(string function, string script)
    {
        using MotoSession session = await MotoSession.StartAsync(moto, function);
        session.Run($"'t1', 't2' | ForEach-Object {{ Register-FanOutTarget sqs $_ {Queue} -SourceArn $source }}").ThrowIfFailed();

        session.Run(script).ThrowIfFailed();

        Assert.Equal("t2", Assert.Single(await session.RowsAsync()).Text("id"));
    }

    [Fact]
    public async Task What_if_writes_nothing()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "whatif");
        session.Run($"Register-FanOutTarget sqs t1 {Queue} -SourceArn $source").ThrowIfFailed();
        string before = Assert.Single(await session.RowsAsync()).Sorted();

        session.Run($"""
            Register-FanOutTarget sqs t2 {Queue} -SourceArn $source -WhatIf
            Get-FanOutTarget | Enable-FanOutTarget -WhatIf
            Get-FanOutTarget | Set-FanOutTarget -Collapse none -WhatIf
            Get-FanOutTarget | Unregister-FanOutTarget -WhatIf
            """).ThrowIfFailed();

        Assert.Equal(before, Assert.Single(await session.RowsAsync()).Sorted());
    }

    [Fact]
    public async Task A_target_that_is_there_is_not_overwritten()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "twice");
        session.Run($"Register-FanOutTarget sqs t1 {Queue} -SourceArn $source -Enabled").ThrowIfFailed();

        ErrorRecord error = session.Run($"Register-FanOutTarget sqs t1 {Queue}2 -SourceArn $source").Error();

        Assert.Equal(("TargetExists,FanOut.Commands.RegisterFanOutTargetCommand", ErrorCategory.ResourceExists), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Equal((Queue, true), ((await session.RowAsync("t1"))!.Text("destination"), (await session.RowAsync("t1"))!.Flag("active")));
        session.Run($"Register-FanOutTarget sqs t1 {Queue}2 -SourceArn $source -Force").ThrowIfFailed();
        Assert.Equal(($"{Queue}2", true), ((await session.RowAsync("t1"))!.Text("destination"), (await session.RowAsync("t1"))!.Flag("active")));
    }

    [Fact]
    public async Task What_is_like_that_already_is_not_written_again()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "again");
        string script = $$"""
            1..10 | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Destination = "{{Queue}}$_"; Parallel = $_ % 2; MaxItemBytes = 1000 * $_ } } |
                Register-FanOutTarget -Type sqs -SourceArn $source -Collapse none -DeadLetter s3://letters/orders -Filter @{ data = @{ n = @(@{ numeric = '>', 1 }) } }
            Enable-FanOutTarget t1, t2* -SourceArn $source
            Disable-FanOutTarget t3 -SourceArn $source
            Set-FanOutTarget t* -OnFailure deadLetter -SourceArn $source
            """;
        session.Run(script).ThrowIfFailed();
        string[] before = [.. (await session.RowsAsync()).Select(static r => r.Sorted())];

        PowerShellResult again = session.Run($"$VerbosePreference = 'Continue'; {script}").ThrowIfFailed();

        Assert.Equal(10 + 2 + 1 + 10, again.Verbose.Count(static v => v.Contains("is unchanged", StringComparison.Ordinal)));
        Assert.DoesNotContain(again.Verbose, static v => v.Contains("UpdateItem", StringComparison.Ordinal) || v.Contains("PutItem", StringComparison.Ordinal));
        Assert.Equal(before, (await session.RowsAsync()).Select(static r => r.Sorted()));
    }

    private static IEnumerable<string> Ids(MotoSession session, string script) =>
        session.Run(script).ThrowIfFailed().Output.Select(target => (string)target.Properties["Id"].Value).Order(StringComparer.Ordinal);
}
