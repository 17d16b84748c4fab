using FanOut.Reports;

namespace FanOut.Tests.Reports;

/// <summary>How a target is said to be.</summary>
public sealed class JudgeTargetsTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, "Idle No records")]
    [InlineData(10, 0, 0, 0, "Good Delivering")]
    [InlineData(0, 0, 0, 10, "Idle All filtered out")]
    [InlineData(10, 1, 0, 0, "Bad Failing")]
    [InlineData(10, 1, 1, 0, "Bad Failing")]
    [InlineData(10, 0, 1, 0, "Warning Dead letters")]
    public void By_what_became_of_its_records(double delivered, double failed, double dead, double filtered, string expected)
    {
        Assert.Equal(expected, Judge(static t => t, ReportSample.Only((3, delivered)), ReportSample.Only((47, failed)), ReportSample.Only((3, dead)), ReportSample.Only((3, filtered))));
    }

    [Theory]
    [InlineData(47, "Bad Failing")]
    [InlineData(46, "Warning Failed earlier")]
    [InlineData(0, "Warning Failed earlier")]
    public void What_failed_in_the_last_step_fails_still(int step, string expected)
    {
        Assert.Equal(expected, Judge(static t => t, ReportSample.Only((47, 5)), ReportSample.Only((step, 1)), ReportSample.Only(), ReportSample.Only()));
    }

    [Fact]
    public void By_its_row_and_its_source()
    {
        Assert.Equal("Idle Disabled", Judge(static r => r with { Targets = [ReportSample.Target(13, 1)] }));
        Assert.Equal("Bad Invalid", Judge(static r => r with { Targets = [ReportSample.Target(0, 1, "no")] }));
        Assert.Equal("Warning Invalid, disabled", Judge(static r => r with { Targets = [ReportSample.Target(13, 1, "no")] }));
        Assert.Equal("Idle No records", Judge(static r => r));
        Assert.Equal("Good Enabled", Judge(static r => r with { Traffic = null }));
        Assert.Equal("Warning Not connected", Judge(static r => r with { Sources = [Source("NotConnected")] }));
        Assert.Equal("Idle Suspended", Judge(static r => r with { Sources = [Source("Disabled")] }));
        Assert.Null(JudgeTargets.Of(ReportSample.Of(1) with { Targets = null }));
    }

    private static FanOutSource Source(string state) => new()
    {
        SourceArn = ReportSample.Orders, Name = "orders", State = state, Region = "eu-west-1", FunctionName = "fanout", TableName = "fanoutTargets",
    };

    private static string Judge(Func<Report, Report> change, params Series[] series)
    {
        Report report = ReportSample.Of(1);
        Dictionary<TargetKey, TargetTraffic> targets = [];
        if (series is [var delivered, var failed, var dead, var filtered])
        {
            targets[TargetKey.Of(report.Targets![0])] = new() { Delivered = delivered, Failed = failed, DeadLettered = dead, Filtered = filtered, Retried = Series.None(48) };
        }

        ReportedTarget judged = JudgeTargets.Of(change(report with { Traffic = report.Traffic! with { Targets = targets } }))![0];
        return $"{judged.Health} {judged.State}";
    }
}
