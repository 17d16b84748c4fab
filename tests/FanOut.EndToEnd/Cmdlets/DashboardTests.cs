using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>A dashboard at moto's CloudWatch.</summary>
public sealed class DashboardTests(MotoServer moto)
{
    [Fact]
    public async Task It_is_made_kept_and_removed()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "dashboards");
        await LambdaFunction.CreateAsync(session.Api, "dashboards");

        string name = (string)session.Run("Publish-FanOutDashboard -PassThru").Only().BaseObject;
        JsonNode made = await session.Api.JsonAsync("monitoring", "GraniteServiceVersion20100801.GetDashboard", new() { ["DashboardName"] = name });
        Assert.Equal("FanOut-dashboards-us-east-1", name);
        Assert.Equal(13, JsonNode.Parse((string)made["DashboardBody"]!)!["widgets"]!.AsArray().Count);

        Assert.Contains("nothing is changed", string.Join('\n', session.Run("Publish-FanOutDashboard -Verbose").ThrowIfFailed().Verbose), StringComparison.Ordinal);
        session.Run("Publish-FanOutDashboard -Remove").ThrowIfFailed();
        Assert.DoesNotContain(name, (await session.Api.JsonAsync("monitoring", "GraniteServiceVersion20100801.ListDashboards", [])).ToJsonString(), StringComparison.Ordinal);
    }
}
