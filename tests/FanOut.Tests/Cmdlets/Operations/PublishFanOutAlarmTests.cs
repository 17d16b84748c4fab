using System.Management.Automation;
using System.Text.Json;
using FanOut.LocalCloud.CloudWatch;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Operations;

/// <summary>Publish-FanOutAlarm against LocalCloud.</summary>
public sealed class PublishFanOutAlarmTests : IAsyncDisposable
{
    private const string Topic = "arn:aws:sns:us-east-1:123456789012:operations";

    private readonly CloudSession _session = new();

    public PublishFanOutAlarmTests()
    {
        _session.Lambda.Add("fanout", new RecordingFunction(), new LambdaFunctionConfiguration { Environment = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true" } });
        _session.Cloud.Sns.CreateTopic("operations");
        _session.Cloud.Sqs.CreateQueue("failed");
        _session.Run($"Connect-FanOutSource -SourceArn {CloudSession.Orders} -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:failed -MaximumRecordAge 600 -Wait").ThrowIfFailed();
        _session.Forget();
    }

    private IReadOnlyList<StoredAlarm> Alarms => _session.Cloud.CloudWatch.Alarms;

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public void They_are_made_once_and_only_what_is_other_than_wanted_is_changed()
    {
        IList<PSObject> made = _session.Run("Publish-FanOutAlarm -Topic operations -PassThru").ThrowIfFailed().Output;
        Assert.Equal(["DeadLettered 0 operations", "Failed 0 operations", "InvalidMappings 0 operations", "IteratorAge 300000 operations"], made.Select(static m => $"{m.Properties["Metric"].Value} {m.Properties["Threshold"].Value} {((string[])m.Properties["Topic"].Value)[0].Split(':')[^1]}"));
        Assert.All(Alarms, static a => Assert.Equal("fanout", a.Tags["fanout:function"]));
        Assert.Contains("FROM SCHEMA(\"Custom/FanOut\", Source, Destination, Function) WHERE Function = 'fanout'", Alarm("Failed").GetProperty("Metrics")[0].GetProperty("Expression").GetString(), StringComparison.Ordinal);
        Assert.All(Alarms, static a => Assert.Equal("notBreaching", a.Settings.GetProperty("TreatMissingData").GetString()));

        _session.Forget();
        Assert.Empty(_session.Run("Publish-FanOutAlarm -Topic operations").ThrowIfFailed().Warnings);
        Assert.Empty(_session.Run("Publish-FanOutAlarm").ThrowIfFailed().Output);
        Assert.Empty(_session.Changes);

        _session.Run("Publish-FanOutAlarm -FailedThreshold 5 -IteratorAgeThreshold 00:02:00 -Tag @{ team = 'data' }").ThrowIfFailed();
        Assert.Equal(2, _session.Changes.Count(static c => c == "monitoring:PutMetricAlarm"));
        Assert.Equal(4, _session.Changes.Count(static c => c == "monitoring:TagResource"));
        Assert.Equal((5, 120_000, Topic), (Alarm("Failed").GetProperty("Threshold").GetDouble(), Alarm("IteratorAge").GetProperty("Threshold").GetDouble(), Alarm("Failed").GetProperty("AlarmActions")[0].GetString()));
        Assert.All(Alarms, static a => Assert.Equal(("fanout", "data"), (a.Tags["fanout:function"], a.Tags["team"])));
    }

    [Fact]
    public void WhatIf_shows_each_change_and_makes_none()
    {
        PowerShellResult result = _session.Run($"Publish-FanOutAlarm -Topic {Topic} -WhatIf").ThrowIfFailed();

        Assert.Empty(_session.Changes);
        Assert.Empty(Alarms);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void What_is_told_to_nobody_or_of_what_is_not_counted_is_warned_of()
    {
        Assert.Contains("Nobody is told", Assert.Single(_session.Run("Publish-FanOutAlarm").ThrowIfFailed().Warnings), StringComparison.Ordinal);
        Assert.Equal(4, Alarms.Count);

        _session.Lambda.Add("silent", new RecordingFunction(), new LambdaFunctionConfiguration { Environment = new Dictionary<string, string> { ["FANOUT_METRICS"] = "none" } });
        Assert.Contains("FANOUT_METRICS=none", Assert.Single(_session.Run($"Publish-FanOutAlarm silent -Topic {Topic}").ThrowIfFailed().Warnings), StringComparison.Ordinal);
        Assert.Equal(4, Alarms.Count);
    }

    [Theory]
    [InlineData("absent", "FunctionNotFound")]
    [InlineData("-Topic nothing", "DestinationNotFound")]
    [InlineData("-Topic arn:aws:sqs:us-east-1:123456789012:queue", "InvalidDestination")]
    [InlineData("-Topic arn:aws:sns:eu-west-1:123456789012:operations", "InvalidParameter")]
    [InlineData("-IteratorAgeThreshold -1", "InvalidParameter")]
    [InlineData("-IteratorAgeThreshold 0", "InvalidParameter")]
    [InlineData("-FailedThreshold -1", "InvalidParameter")]
    [InlineData("-Tag @{ 'aws:x' = '1' }", "InvalidParameter")]
    public void What_cannot_be_changes_nothing(string arguments, string id)
    {
        Assert.StartsWith($"{id},", _session.Run($"Publish-FanOutAlarm {arguments}").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_session.Changes);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ FunctionName = 'fanout'; Topic = 'operations'; FailedThreshold = 3; IteratorAgeThreshold = '00:02:00'; Tag = @{ team = 'data' } }")]
    [InlineData("'FunctionName,Topic,FailedThreshold,DeadLetteredThreshold,IteratorAgeThreshold,Owner', 'fanout,operations,3,,120,me' | ConvertFrom-Csv")]
    [InlineData("""'{"FunctionName":"fanout","Topic":["operations"],"FailedThreshold":3,"IteratorAgeThreshold":120,"Tag":{"team":"data"}}' | ConvertFrom-Json""")]
    public void Rows_of_a_list_have_the_settings_too(string row)
    {
        Assert.Empty(_session.Run($"{row} | Publish-FanOutAlarm").ThrowIfFailed().Warnings);

        Assert.Equal((3, 0, 120_000, Topic), (Alarm("Failed").GetProperty("Threshold").GetDouble(), Alarm("DeadLettered").GetProperty("Threshold").GetDouble(), Alarm("IteratorAge").GetProperty("Threshold").GetDouble(), Alarm("Failed").GetProperty("AlarmActions")[0].GetString()));
        Assert.All(Alarms, a => Assert.Equal(row.Contains("Tag", StringComparison.Ordinal) ? "data" : null, a.Tags.GetValueOrDefault("team")));
    }

    [Fact]
    public void An_empty_field_of_a_row_leaves_what_is_set()
    {
        _session.Run("Publish-FanOutAlarm -Topic operations -FailedThreshold 5 -IteratorAgeThreshold 90").ThrowIfFailed();
        _session.Forget();

        Assert.Empty(_session.Run("'FunctionName,Topic,FailedThreshold,IteratorAgeThreshold,Tag', 'fanout,,,,' | ConvertFrom-Csv | Publish-FanOutAlarm").ThrowIfFailed().Warnings);
        Assert.Empty(_session.Changes);
    }

    [Fact]
    public void A_slip_in_a_row_is_named() => Assert.Contains(
        "is FailedThreshold meant?",
        Assert.Single(_session.Run("[pscustomobject]@{ FunctionName = 'fanout'; Topic = 'operations'; FailedTreshold = 3 } | Publish-FanOutAlarm").ThrowIfFailed().Warnings),
        StringComparison.Ordinal);

    [Fact]
    public void A_function_that_comes_with_each_of_its_sources_is_looked_at_once()
    {
        PowerShellResult result = _session.Run("(Get-FanOutSource), (Get-FanOutSource), (Get-FanOutFunction) | Publish-FanOutAlarm -PassThru").ThrowIfFailed();

        Assert.Contains("Nobody is told", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(4, result.Output.Count);

        _session.Run("'FunctionName,FailedThreshold', 'fanout,5', 'fanout,7' | ConvertFrom-Csv | Publish-FanOutAlarm -Topic operations").ThrowIfFailed();
        Assert.Equal(7, Alarm("Failed").GetProperty("Threshold").GetDouble());
    }

    [Fact]
    public void An_age_is_shown_as_a_time()
    {
        PSObject age = Assert.Single(_session.Run("Publish-FanOutAlarm -Topic operations -IteratorAgeThreshold 3600 -PassThru | Where-Object Metric -eq IteratorAge").ThrowIfFailed().Output);
        Assert.Equal((3_600_000d, TimeSpan.FromHours(1)), (age.Properties["Threshold"].Value, age.Properties["ThresholdAge"].Value));
        Assert.Null(_session.Run("Publish-FanOutAlarm -PassThru | Where-Object Metric -eq Failed").ThrowIfFailed().Property("ThresholdAge"));
    }

    [Theory]
    [InlineData("-WhatIf", "The alarms of fanout in us-east-1 are as they are to be: nothing would be changed.")]
    [InlineData("-Remove -WhatIf", "The alarms of fanout in us-east-1 are not there: nothing would be removed.")]
    public void WhatIf_says_that_nothing_would_be_changed(string arguments, string said)
    {
        if (!arguments.Contains("Remove", StringComparison.Ordinal))
        {
            _session.Run("Publish-FanOutAlarm -Topic operations").ThrowIfFailed();
        }

        Assert.Equal([said], _session.Run($"Publish-FanOutAlarm {arguments} 6>&1 | ForEach-Object {{ \"$_\" }}").ThrowIfFailed().Output.Select(static o => $"{o}"));
        Assert.Empty(_session.Run($"Publish-FanOutAlarm {arguments.Replace("-WhatIf", "", StringComparison.Ordinal)} 6>&1").ThrowIfFailed().Output);
    }

    [Fact]
    public void They_go_with_the_function_and_by_Remove_but_not_those_of_others()
    {
        _session.Run($"Publish-FanOutAlarm -Topic {Topic}; Publish-FanOutAlarm -Remove").ThrowIfFailed();
        Assert.Empty(Alarms);

        _session.Run($"Publish-FanOutAlarm -Topic {Topic}").ThrowIfFailed();
        _session.Cloud.CloudWatch.Forget("FanOut-fanout-Failed", "fanout:function");
        PowerShellResult removed = _session.Run("Remove-FanOutFunction -Force -Confirm:$false").ThrowIfFailed();

        Assert.Equal(["FanOut-fanout-Failed"], Alarms.Select(static a => a.Name));
        Assert.Contains("alarm FanOut-fanout-Failed, which Publish-FanOutAlarm has not made", Assert.Single(removed.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_may_not_look_for_alarms_can_remove_the_function()
    {
        _session.Cloud.Faults.Add(new() { Kind = FanOut.LocalCloud.Faults.FaultKind.AccessDenied, Service = "monitoring" });

        Assert.Contains("alarms and a dashboard FanOut-fanout-…", Assert.Single(_session.Run("Remove-FanOutFunction -Force -Confirm:$false").ThrowIfFailed().Warnings), StringComparison.Ordinal);
        Assert.Null(_session.Lambda.Find("fanout"));
    }

    private JsonElement Alarm(string metric) => Assert.Single(Alarms, a => a.Name == $"FanOut-fanout-{metric}").Settings;
}
