using System.Management.Automation;
using FanOut.LocalCloud.CloudWatch;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Operations;

/// <summary>Get-FanOutMetric against LocalCloud; what the function itself publishes is in MetricReaderTests.</summary>
public sealed class GetFanOutMetricTests : IAsyncDisposable
{
    private const string News = "arn:aws:sns:us-east-1:123456789012:news";
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:";

    private readonly CloudSession _session = new();

    public GetFanOutMetricTests()
    {
        _session.Lambda.Add("fanout", new RecordingFunction());
        _session.Register("archive", "-Enabled");
        _session.Register("copy", "-Enabled");
        _session.Run($"Register-FanOutTarget sqs audit {Queue}audit -SourceArn {News}").ThrowIfFailed();
        Count("Delivered", 5, ("Source", CloudSession.Orders), ("Destination", Queue + "archive"), ("Function", "fanout"));
        Count("Failed", 2, ("Source", CloudSession.Orders), ("Destination", Queue + "archive"), ("Function", "fanout"));
        Count("Records", 7, ("Source", CloudSession.Orders), ("Function", "fanout"));
        Count("Delivered", 9, ("Source", News), ("Destination", Queue + "audit"), ("Function", "fanout"));
        Publish("AWS/Lambda", "Invocations", 3, ("FunctionName", "fanout"));
        Publish("AWS/Lambda", "IteratorAge", 4000, ("FunctionName", "fanout"));
        _session.Forget();
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("", "archive 5 2, copy 0 0, audit 9 0")]
    [InlineData("archive", "archive 5 2")]
    [InlineData("a*", "archive 5 2, audit 9 0")]
    [InlineData("-Source orders -SourceType Kinesis", "archive 5 2, copy 0 0")]
    [InlineData("copy -SourceArn " + CloudSession.Orders, "copy 0 0")]
    [InlineData("-By Source", "orders 5 2, news 9 0")]
    [InlineData("-By Source -SourceArn " + News, "news 9 0")]
    [InlineData("-By Function", "fanout 14 2")]
    [InlineData("-EndTime (Get-Date).AddMinutes(-30)", "archive 0 0, copy 0 0, audit 0 0")]
    [InlineData("-StartTime (Get-Date).AddDays(-3)", "archive 5 2, copy 0 0, audit 9 0")]
    public void What_is_asked_for_comes_out_also_where_nothing_was_counted(string arguments, string expected)
    {
        IList<PSObject> metrics = _session.Run($"Get-FanOutMetric {arguments} | Sort-Object {{ $_.SourceArn }}, Id").ThrowIfFailed().Output;

        Assert.Equal(expected, string.Join(", ", metrics.Select(static m => $"{Name(m)} {Text(m, "Delivered")} {Text(m, "Failed")}")));
        Assert.Single(_session.Calls, static c => c == "monitoring:GetMetricData");
    }

    [Theory]
    [InlineData("Get-FanOutTarget archive, copy | Get-FanOutMetric", "archive, copy")]
    [InlineData("Get-FanOutSource orders | Get-FanOutMetric", "archive, copy")]
    [InlineData("Get-FanOutFunction | Get-FanOutMetric", "archive, copy, audit")]
    [InlineData("Get-FanOutTarget | Get-FanOutMetric -By Source", "orders, news")]
    [InlineData("Get-FanOutSource | Get-FanOutMetric -By Function", "fanout")]
    [InlineData("Get-FanOutMetric archive | Get-FanOutMetric", "archive")]
    [InlineData("Get-FanOutMetric -By Source -SourceArn " + CloudSession.Orders + " | Get-FanOutTarget", "archive, copy")]
    public void What_is_piped_says_what_is_asked_for_and_all_of_a_function_is_one_call(string script, string expected)
    {
        IList<PSObject> output = _session.Run($"{script} | Sort-Object {{ $_.SourceArn }}, Id").ThrowIfFailed().Output;

        Assert.Equal(expected, string.Join(", ", output.Select(Name)));
        Assert.Equal(script.Split("Get-FanOutMetric").Length - 1, _session.Calls.Count(static c => c == "monitoring:GetMetricData"));
    }

    [Fact]
    public void A_source_and_the_function_have_what_is_counted_of_themselves_and_periods_are_whole()
    {
        _session.Cloud.Sqs.CreateQueue("failed");
        PSObject source = Assert.Single(_session.Run($"Connect-FanOutSource -SourceArn {CloudSession.Orders} -OnFailureDestination {Queue}failed; Get-FanOutMetric -By Source -SourceArn {CloudSession.Orders} -Last 600 -Period 300").ThrowIfFailed().Output, static o => o.Properties["Points"] is not null);
        PSObject function = Assert.Single(_session.Run("Get-FanOutMetric -By Function -Last 1.00:00:00 -Period 01:00:00").ThrowIfFailed().Output);

        Assert.Equal(("7", "00:00:04", "00:05:00"), (Text(source, "Records"), Text(source, "IteratorAge"), Text(source, "Period")));
        Assert.InRange(Count(source), 2, 3);
        Assert.Equal(0, ((DateTime)source.Properties["StartTime"].Value).Minute % 5);
        Assert.Equal(("3", "00:00:04"), (Text(function, "Invocations"), Text(function, "IteratorAge")));
        Assert.InRange(Count(function), 24, 25);
    }

    [Theory]
    [InlineData("archiv", "TargetNotFound", "Is 'archive' meant?")]
    [InlineData("audit -SourceArn " + CloudSession.Orders, "TargetNotFound", "no target 'audit'")]
    [InlineData("-FunctionName absent", "FunctionNotFound", "absent")]
    [InlineData("-Source nothing", "SourceNotFound", "nothing")]
    [InlineData("-By Source -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/order", "SourceNotConnected", "Is 'arn:aws:kinesis:us-east-1:123456789012:stream/orders' meant?")]
    [InlineData("archive -By Function", "InvalidParameter", "-Id names targets")]
    [InlineData("archive -IncludeUnregistered", "InvalidParameter", "-Id names targets")]
    [InlineData("-Last 0", "InvalidParameter", "longer than nothing")]
    [InlineData("-StartTime (Get-Date).AddHours(1)", "InvalidParameter", "in the future")]
    [InlineData("-StartTime (Get-Date).AddHours(-1) -Last 60", "InvalidParameter", "both given")]
    [InlineData("-EndTime (Get-Date) -Watch", "InvalidParameter", "-Watch contradict")]
    [InlineData("-Period 90", "InvalidParameter", "whole minutes")]
    [InlineData("-Watch -Interval 0", "InvalidParameter", "a second or more")]
    public void What_cannot_be_is_an_error(string arguments, string id, string words)
    {
        ErrorRecord error = _session.Run($"Get-FanOutMetric {arguments}").Error();

        Assert.StartsWith($"{id},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("monitoring:GetMetricData", _session.Calls);
    }

    [Fact]
    public void An_unknown_id_does_not_cost_the_others()
    {
        PowerShellResult result = _session.Run("Get-FanOutMetric archive, nobody");

        Assert.Equal("archive", Text(Assert.Single(result.Output), "Id"));
        Assert.StartsWith("TargetNotFound,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_without_metrics_of_its_own_and_a_table_without_targets_are_warned_of()
    {
        _session.Lambda.Add("silent", new RecordingFunction(), new LambdaFunctionConfiguration { Environment = new Dictionary<string, string> { ["FANOUT_METRICS"] = "none" } });
        _session.Cloud.Dynamo.CreateTable("silentTargets", "sourceArn", "id");

        PowerShellResult result = _session.Run("Get-FanOutMetric -FunctionName silent");

        Assert.Empty(result.ThrowIfFailed().Output);
        Assert.Collection(
            result.Warnings,
            static w => Assert.Contains("FANOUT_METRICS=none", w, StringComparison.Ordinal),
            static w => Assert.Contains("silentTargets has no target", w, StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_may_not_read_metrics_is_told_what_is_lacking()
    {
        _session.Cloud.Faults.Add(new() { Kind = FanOut.LocalCloud.Faults.FaultKind.AccessDenied, Service = "monitoring" });

        Assert.StartsWith("AccessDenied,", _session.Run("Get-FanOutMetric").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void With_Watch_in_a_pipeline_the_objects_come_again_and_again() => Assert.Equal(
        ["archive", "copy", "archive", "copy"],
        _session.Run("Get-FanOutMetric archive, copy -Watch -Interval 1 | Select-Object -First 4").ThrowIfFailed().Output.Select(Name));

    // archive was sent elsewhere before, old is a source that nobody reads any more, and another function's metrics are not this one's.
    [Theory]
    [InlineData("", "archive 5 2 True, copy 0 0 True, audit 9 0 True")]
    [InlineData("-IncludeUnregistered", "archive 5 2 True, copy 0 0 True, (gone) 3 1 False, (old) 6 0 False, audit 9 0 True")]
    [InlineData("-IncludeUnregistered -SourceArn " + CloudSession.Orders, "archive 5 2 True, copy 0 0 True, (gone) 3 1 False")]
    [InlineData("-By Source", "orders 8 3 True, was 6 0 False, news 9 0 True")]
    [InlineData("-By Source -SourceArn " + CloudSession.Orders, "orders 8 3 True")]
    [InlineData("-By Function", "fanout 23 3 True")]
    [InlineData("-IncludeUnregistered -EndTime (Get-Date).AddMinutes(-30)", "archive 0 0 True, copy 0 0 True, audit 0 0 True")]
    [InlineData("-By Source -EndTime (Get-Date).AddMinutes(-30)", "orders 0 0 True, news 0 0 True")]
    [InlineData("a*", "archive 5 2 True, audit 9 0 True")]
    public void What_targets_got_that_are_registered_no_more_is_in_the_sums_and_in_rows_of_its_own(string arguments, string expected)
    {
        CountPast();
        _session.Forget();

        IList<PSObject> metrics = _session.Run($"Get-FanOutMetric {arguments} | Sort-Object {{ $_.SourceArn }}, {{ -not $_.Registered }}, Id").ThrowIfFailed().Output;

        Assert.Equal(expected, string.Join(", ", metrics.Select(static m => $"{Name(m)} {Text(m, "Delivered")} {Text(m, "Failed")} {Text(m, "Registered")}")));
        Assert.Equal(arguments is "" or "a*" ? 0 : 1, _session.Calls.Count(static c => c == "monitoring:ListMetrics"));
        Assert.Single(_session.Calls, static c => c == "monitoring:GetMetricData");
    }

    [Fact]
    public void A_row_without_a_target_shows_the_destination_in_brackets()
    {
        CountPast();

        string table = string.Concat(_session.Run("Get-FanOutMetric -IncludeUnregistered -SourceArn " + CloudSession.Orders + " | Out-String -Width 100").ThrowIfFailed().Output);

        Assert.Matches(@"\narchive +5 ", table);
        Assert.Matches(@"\n\(gone\) +3 ", table);
        Assert.Contains("(gone)", string.Concat(_session.Run("Get-FanOutMetric -IncludeUnregistered | Format-Table | Out-String -Width 100").ThrowIfFailed().Output), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_registered_no_more_is_no_target_for_the_other_cmdlets()
    {
        CountPast();

        PowerShellResult result = _session.Run("Get-FanOutMetric -IncludeUnregistered | Where-Object { -not $_.Registered } | Get-FanOutTarget");

        Assert.Empty(result.Output);
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, static e => Assert.StartsWith("TargetNotFound,", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(["(gone)", "(old)"], _session.Run("Get-FanOutMetric -IncludeUnregistered | Where-Object { -not $_.Registered } | ForEach-Object Id").Output.Select(static o => $"{o}").Order());
    }

    [Theory]
    [InlineData("-By Source", 1)]
    [InlineData("-By Function", 1)]
    [InlineData("-IncludeUnregistered", 1)]
    [InlineData("", 0)]
    public void Whoever_may_not_list_metrics_has_the_sums_of_the_targets_that_there_are_and_is_told(string arguments, int warnings)
    {
        CountPast();
        _session.Cloud.Faults.Add(new() { Kind = FanOut.LocalCloud.Faults.FaultKind.AccessDenied, Service = "monitoring", Operation = "ListMetrics" });

        PowerShellResult result = _session.Run($"Get-FanOutMetric {arguments}").ThrowIfFailed();

        Assert.Equal(14, result.Output.Sum(static m => (long)m.Properties["Delivered"].Value));
        Assert.Equal(warnings, result.Warnings.Count);
        Assert.All(result.Warnings, static w => Assert.Contains("registered no more is not counted here", w, StringComparison.Ordinal));
    }

    private void CountPast()
    {
        const string Old = "arn:aws:kinesis:us-east-1:123456789012:stream/was";
        foreach ((string source, string destination, string function, double delivered, double failed) in new[]
        {
            (CloudSession.Orders, Queue + "gone", "fanout", 3.0, 1.0), (Old, Queue + "old", "fanout", 6.0, 0.0), (CloudSession.Orders, Queue + "theirs", "another", 50.0, 0.0),
            (CloudSession.Orders, Queue + "archive", "fanout", 0.0, 0.0),
        })
        {
            (string, string)[] dimensions = [("Source", source), ("Destination", destination), ("Function", function)];
            Count("Records", delivered + failed, dimensions);
            Count("Delivered", delivered, dimensions);
            Count("Failed", failed, dimensions);
        }
    }

    private static int Count(PSObject metric) => ((System.Collections.IEnumerable)metric.Properties["Points"].Value).Cast<object>().Count();

    private void Count(string name, double value, params (string, string)[] dimensions) => Publish("Custom/FanOut", name, value, dimensions);

    private void Publish(string space, string name, double value, params (string Name, string Value)[] dimensions) =>
        _session.Cloud.CloudWatch.Received.Add(new PublishedMetric(space, name, dimensions.ToDictionary(static d => d.Name, static d => d.Value), 0)
        {
            Value = value,
            Time = TimeProvider.System.GetUtcNow().AddMinutes(-1),
            Region = "us-east-1",
            AccountId = "123456789012",
        });

    private static string Name(PSObject of) => new[] { "Id", "Source", "Name", "FunctionName" }.Select(p => Text(of, p)).First(static t => t.Length > 0);

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";
}
