using System.Text.Json;
using System.Text.RegularExpressions;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Operations;

/// <summary>Publish-FanOutDashboard against LocalCloud, which refuses a body that is not as it is documented.</summary>
public sealed partial class PublishFanOutDashboardTests : IAsyncDisposable
{
    private const string Name = "FanOut-fanout-us-east-1";

    private readonly CloudSession _session = new();

    public PublishFanOutDashboardTests() => _session.Lambda.Add("fanout", new RecordingFunction());

    private IReadOnlyDictionary<string, string> Dashboards => _session.Cloud.CloudWatch.Dashboards;

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public void It_is_made_once_and_anew_when_there_are_alarms()
    {
        Assert.Equal(Name, _session.Run("Publish-FanOutDashboard -PassThru").Only().BaseObject);
        Assert.DoesNotContain("\"alarm\"", Dashboards[Name], StringComparison.Ordinal);

        _session.Forget();
        _session.Run("Publish-FanOutDashboard").ThrowIfFailed();
        Assert.Empty(_session.Changes);

        _session.Run("Publish-FanOutAlarm -Topic arn:aws:sns:us-east-1:123456789012:operations; Publish-FanOutDashboard").ThrowIfFailed();
        Assert.Contains("arn:aws:cloudwatch:us-east-1:123456789012:alarm:FanOut-fanout-Failed", Dashboards[Name], StringComparison.Ordinal);
    }

    [Fact]
    public void Its_graphs_search_for_metrics_by_the_dimensions_that_the_function_tells_and_do_not_overlap()
    {
        _session.Run("Publish-FanOutDashboard").ThrowIfFailed();

        using JsonDocument body = JsonDocument.Parse(Dashboards[Name]);
        JsonElement[] widgets = [.. body.RootElement.GetProperty("widgets").EnumerateArray()];
        Assert.Equal(
            ["Delivered Source,Destination,Function", "Failed Source,Destination,Function", "DeadLettered Source,Destination,Function", "Filtered Source,Destination,Function", "Retried Source,Destination,Function",
                "Duration Source,Destination,Function", "Records Source,Function", "Unmapped Source,Function", "InvalidMappings Source,Function"],
            Search().Matches(Regex.Unescape(Dashboards[Name])).Select(static m => $"{m.Groups["metric"].Value} {m.Groups["dimensions"].Value}"));
        HashSet<(int, int)> cells = [];
        foreach (JsonElement widget in widgets)
        {
            for (int x = 0; x < widget.GetProperty("width").GetInt32(); x++)
            {
                for (int y = 0; y < widget.GetProperty("height").GetInt32(); y++)
                {
                    Assert.True(cells.Add((widget.GetProperty("x").GetInt32() + x, widget.GetProperty("y").GetInt32() + y)));
                }
            }
        }
    }

    [Fact]
    public void One_of_the_same_name_that_was_not_made_here_is_left_alone()
    {
        _session.Cloud.CloudWatch.Put(Name, """{"widgets":[]}""");

        Assert.StartsWith("DashboardNotFanOut,", _session.Run("Publish-FanOutDashboard").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("has not made", Assert.Single(_session.Run("Publish-FanOutDashboard -Remove").ThrowIfFailed().Warnings), StringComparison.Ordinal);
        Assert.Equal("""{"widgets":[]}""", Dashboards[Name]);
        _session.Run("Publish-FanOutDashboard -Force").ThrowIfFailed();
        Assert.NotEqual("""{"widgets":[]}""", Dashboards[Name]);
    }

    [Fact]
    public void WhatIf_makes_none_and_one_that_is_there_goes_by_Remove_or_with_the_function()
    {
        _session.Run("Publish-FanOutDashboard -WhatIf").ThrowIfFailed();
        Assert.Empty(Dashboards);
        _session.Run("Publish-FanOutDashboard; Publish-FanOutDashboard -Remove").ThrowIfFailed();
        Assert.Empty(Dashboards);
        _session.Run("Publish-FanOutDashboard; Remove-FanOutFunction -Force -Confirm:$false").ThrowIfFailed();
        Assert.Empty(Dashboards);
        Assert.StartsWith("FunctionNotFound,", _session.Run("Publish-FanOutDashboard").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [GeneratedRegex("""SEARCH\('\{Custom/FanOut,(?<dimensions>[\w,]+)\} MetricName="(?<metric>\w+)" Function="fanout"', '\w+'\)""")]
    private static partial Regex Search();
}
