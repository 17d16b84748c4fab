using System.Management.Automation;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Sources;

/// <summary>Get-FanOutLog: lines as the function writes them become objects.</summary>
public sealed class GetFanOutLogTests : IAsyncDisposable
{
    private const string Group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout";
    private const string Other = "arn:aws:sns:us-east-1:123456789012:news";

    private static readonly string Failed = $$$"""
        {"time":"2026-11-28T07:00:00.1Z","level":"error","message":"batch","requestId":"r-1","ms":12.5,"sources":[{"source":"{{{CloudSession.Orders}}}","records":5,"failed":2,"targets":[
        {"id":"archive","destination":"https://sqs/q","delivered":3,"retried":0,"calls":1,"ms":10,"failures":[{"class":"Oversize","code":"Oversize","count":1,"reason":"too large"},{"class":"PermanentTarget","code":"AccessDenied","count":1,"reason":"denied","role":"arn:aws:iam::210987654321:role/w"}]},
        {"id":"copy","destination":"copy","delivered":5,"filtered":0,"retried":2,"calls":2,"ms":11}]}]}
        """.ReplaceLineEndings("");

    private readonly CloudSession _session = new();

    public GetFanOutLogTests()
    {
        _session.Lambda.Add("fanout", new RecordingFunction());
        _session.Cloud.Logs.CreateLogGroup("/aws/lambda/fanout");
        foreach (string line in new[]
        {
            "START RequestId: r-1 Version: $LATEST",
            Failed,
            $$$"""{"time":"2026-11-28T07:00:00.2Z","level":"metric","message":"metrics","_aws":{"CloudWatchMetrics":[]},"Target":"archive"}""",
            $$$"""{"time":"2026-11-28T07:00:01Z","level":"warn","message":"batch","requestId":"r-2","ms":1,"sources":[{"source":"{{{Other}}}","records":1,"failed":0,"unmapped":"No active mapping: the records went nowhere.","targets":[]}]}""",
            "2026-11-28T07:00:03Z r-3 Task timed out after 3.00 seconds",
            "END RequestId: r-1",
        })
        {
            _session.Cloud.Logs.Write(Group, "stream", line);
        }
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public void Each_reason_of_each_target_is_an_entry_and_metrics_and_usual_lines_are_none()
    {
        IList<PSObject> entries = _session.Run("Get-FanOutLog").ThrowIfFailed().Output;

        Assert.Equal(
            ["archive Oversize 1 too large", "archive AccessDenied 1 denied", "copy   ", "   No active mapping: the records went nowhere.", "   "],
            entries.Select(static e => $"{Text(e, "Id")} {Text(e, "Code")} {Text(e, "NotTaken")} {Text(e, "Reason")}"));
        Assert.Equal(["", "", "", "0", ""], entries.Select(static e => Text(e, "Failed")));
        Assert.Equal(["error", "error", "info", "warn", "platform"], entries.Select(static e => Text(e, "Level")));
        Assert.Equal(("3", "5", "00:00:00.0100000", "r-1", "arn:aws:iam::210987654321:role/w"), (
            Text(entries[0], "Delivered"), Text(entries[0], "Records"), Text(entries[0], "Duration"), Text(entries[0], "RequestId"), Text(entries[1], "Role")));
        Assert.Contains("Task timed out", Text(entries[4], "Message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("copy", 1)]
    [InlineData("c*, arch*", 3)]
    [InlineData("-Source orders -SourceType Kinesis", 3)]
    [InlineData("-SourceArn " + Other, 1)]
    [InlineData("-Level platform", -1)]
    [InlineData("-Level error", 3)]
    [InlineData("-Level warn", 4)]
    [InlineData("-EndTime (Get-Date).AddMinutes(1)", 5)]
    [InlineData("archive -SourceArn " + CloudSession.Orders + " -Level error", 2)]
    [InlineData("-StartTime (Get-Date).AddSeconds(-5)", 5)]
    [InlineData("nobody*", 0)]
    [InlineData("-EndTime (Get-Date).AddHours(-1) -StartTime (Get-Date).AddHours(-2)", 0)]
    public void It_is_filtered_by_target_source_level_and_period(string arguments, int count)
    {
        PowerShellResult result = _session.Run($"Get-FanOutLog {arguments}");

        if (count < 0)
        {
            Assert.Contains("is not one of debug, info, warn, error", result.Error().Exception.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(count, result.ThrowIfFailed().Output.Count);
    }

    [Fact]
    public void What_cannot_be_asked_for_is_an_error_before_any_call_and_a_log_that_is_not_there_is_told()
    {
        Assert.StartsWith("InvalidParameter,", _session.Run("Get-FanOutLog -EndTime (Get-Date) -Wait").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_session.Calls);

        Assert.StartsWith("FunctionNotFound,", _session.Run("Get-FanOutLog -FunctionName absent").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        _session.Lambda.Add("quiet", new RecordingFunction());
        ErrorRecord error = _session.Run("Get-FanOutLog -FunctionName quiet").Error();
        Assert.StartsWith("LogGroupNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.EndsWith("This makes it: Publish-FanOutFunction -FunctionName 'quiet' -Region us-east-1", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Last 0", "-Last must be longer than nothing")]
    [InlineData("-Last -60", "-Last must be longer than nothing")]
    [InlineData("-StartTime (Get-Date).AddHours(1)", "-StartTime lies in the future")]
    [InlineData("-StartTime (Get-Date).AddHours(1) -Wait", "-StartTime lies in the future")]
    [InlineData("-StartTime (Get-Date).AddHours(-1) -EndTime (Get-Date).AddHours(-2)", "-StartTime must lie before -EndTime")]
    [InlineData("-StartTime (Get-Date).AddHours(-1) -Last 60", "-Last and -StartTime are both given")]
    public void A_time_of_which_there_can_be_nothing_is_an_error(string arguments, string problem)
    {
        ErrorRecord error = _session.Run($"Get-FanOutLog {arguments}").Error();

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(problem, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Calls);
    }

    [Fact]
    public void An_id_that_is_neither_in_the_log_nor_in_the_table_is_an_error_also_where_it_would_wait()
    {
        _session.Register("quiet");

        Assert.Empty(_session.Run("Get-FanOutLog quiet").ThrowIfFailed().Output);
        Assert.Equal(2, _session.Run("Get-FanOutLog archive").ThrowIfFailed().Output.Count);
        PowerShellResult mixed = _session.Run("Get-FanOutLog archive, quite");
        Assert.Equal(2, mixed.Output.Count);
        Assert.StartsWith("TargetNotFound,", mixed.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Is 'quiet' meant?", mixed.Error().Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("TargetNotFound,", _session.Run("Get-FanOutLog quite -Wait").Error().FullyQualifiedErrorId, StringComparison.Ordinal);

        // Without the table it cannot be known.
        _session.Cloud.Faults.Add(new() { Kind = FanOut.LocalCloud.Faults.FaultKind.AccessDenied, Service = "dynamodb" });
        Assert.Empty(_session.Run("Get-FanOutLog quite").ThrowIfFailed().Output);
    }

    [Fact]
    public void With_Wait_it_begins_with_what_is_there() =>
        Assert.Equal(3, _session.Run("Get-FanOutLog -Wait | Select-Object -First 3").ThrowIfFailed().Output.Count);

    [Fact]
    public void A_piped_target_is_what_is_asked_for()
    {
        _session.Register("archive");

        Assert.Equal(["archive", "archive"], _session.Run("Get-FanOutTarget archive | Get-FanOutLog").ThrowIfFailed().Output.Select(static e => Text(e, "Id")));
    }

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";
}
