using System.Xml.Linq;
using FanOut.LocalCloud.CloudWatch;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Reports;

/// <summary>Export-FanOutReport: what CloudWatch counted and the function logged is on the page, and what may not be read does not hinder the rest.</summary>
public sealed class ReportTrafficTests : IAsyncDisposable
{
    private const string Group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout";

    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public ReportTrafficTests()
    {
        Add("emf");
        _session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fanout", new EventSourceMappingOptions { StartingPosition = StartingPosition.Latest, ReportBatchItemFailures = true });
        _session.Register("archive", "-Enabled");
        _session.Register("copy", "-Enabled");
        Count("Delivered", "archive", 1_234);
        Count("Failed", "archive", 56);
        Count("Delivered", "copy", 1_290);
        Count("AWS/Lambda", "Invocations", 2_000_000, ("FunctionName", "fanout"));
        Count("AWS/Lambda", "Duration", 8_000_000, ("FunctionName", "fanout"));
        Count("AWS/Lambda", "IteratorAge", 61_000, ("FunctionName", "fanout"));
        Count("Custom/FanOut", "Records", 1_290, ("Source", CloudSession.Orders), ("Function", "fanout"));
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Counts_of_targets_sources_and_invocations_are_on_the_page()
    {
        XElement page = Export();

        Assert.Equal("1 of 2 targets needs attention.", page.Descendants("h2").First().Value);
        Assert.Equal(["Failing", "1,234", "56", "0", "0", "0"], Row(page, "archive").Elements("td").Take(7).Select(static c => c.Value).Where(static (_, i) => i != 2));

        // Of the period's last step, half an hour, as much has gone by as it may be now: it is the rate of 23.5 to 24 hours.
        Assert.Matches("^5(1\\.[4-9]|2(\\.[1-5])?)/h$", Row(page, "archive").Elements("td").ElementAt(2).Value);
        Assert.Equal(["Delivering", "1,290"], Row(page, "copy").Elements("td").Take(2).Select(static c => c.Value));
        Assert.Equal(["2", "1.29k", "2.52k", "56", "1 min 1 s", "$0.42"], page.Descendants("dd").Where(static d => d.Attribute("class")?.Value.StartsWith("value", StringComparison.Ordinal) == true).Select(static d => d.Value));

        // 9,000 s (a millisecond for each two invocations among them) of 128 MB on x86_64, and two million requests.
        Assert.Contains("2,000,000 times and ran for 2 h 13 min with 128 MB, which is 1,125 GB-seconds. At list prices Lambda charges $0.42", ById(page, "cost").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_targets_got_that_are_registered_no_more_is_in_the_sums_and_said()
    {
        Count("Records", "gone", 12);
        Count("Delivered", "gone", 10);
        Count("DeadLettered", "gone", 2);
        XElement page = Export();

        Assert.Contains("2.53k", page.Descendants("dd").Select(static d => d.Value));
        Assert.Contains("Targets that are registered no more got records too: 10 delivered, 0 failed, 2 dead-lettered, at arn:aws:sqs:us-east-1:123456789012:gone.", ById(page, "targets").Value, StringComparison.Ordinal);

        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "monitoring", Operation = "ListMetrics" });
        page = Export();

        Assert.Contains("2.52k", page.Descendants("dd").Select(static d => d.Value));
        Assert.DoesNotContain("registered no more", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_day_is_a_day_also_where_the_report_has_another_period()
    {
        Assert.Contains("2,000,000 times", ById(Export("-Last 1:00:00"), "cost").Value, StringComparison.Ordinal);
        Assert.Contains("2,000,000 times", ById(Export("-Last 7.00:00:00"), "cost").Value, StringComparison.Ordinal);
        Assert.Contains("the function was not invoked", ById(Export("-EndTime (Get-Date).AddDays(-2)"), "cost").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_a_target_did_not_take_records_comes_from_the_log()
    {
        _session.Cloud.Logs.CreateLogGroup("/aws/lambda/fanout");
        foreach ((string id, string reason) in new[] { ("copy", "of another target"), ("archive", "User is not authorized to <b>send</b>"), ("archive", "later") })
        {
            _session.Cloud.Logs.Write(Group, "stream", $$$"""{"level":"error","message":"batch","sources":[{"source":"{{{CloudSession.Orders}}}","records":5,"targets":[{"id":"{{{id}}}","delivered":0,"failures":[{"class":"PermanentTarget","code":"AccessDenied","count":1,"reason":"{{{reason}}}"}]}]}]}""");
        }

        Assert.Contains("The reason: AccessDenied: User is not authorized to <b>send</b>. More in the log:", ById(Export(), "wrong").Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logs", 0)]
    [InlineData("monitoring", 1)]
    public void What_may_not_be_read_does_not_hinder_the_rest(string service, int warnings)
    {
        _session.Cloud.Logs.CreateLogGroup("/aws/lambda/fanout");
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = service });

        PowerShellResult result = Run("").ThrowIfFailed();

        Assert.Equal(warnings, result.Warnings.Count);
        XElement page = Read();
        Assert.NotNull(Row(page, "archive"));
        Assert.Equal(warnings == 1, ById(page, "time").Value.Contains("How much flowed is not known. CloudWatch did not tell its metrics", StringComparison.Ordinal));
    }

    [Fact]
    public void A_function_that_counts_no_records_says_so_and_shows_its_invocations()
    {
        Add("none");

        XElement page = Export();

        Assert.Equal("Nothing is known to be wrong.", page.Descendants("h2").First().Value);
        Assert.Contains("The function counts no records: its setting FANOUT_METRICS is none.", ById(page, "time").Value, StringComparison.Ordinal);
        Assert.Equal(["How far behind", "Average invocation", "Invocations"], page.Descendants("figcaption").Select(static c => c.Elements("span").First().Value));
        Assert.Equal("Enabled", Row(page, "archive").Element("td")!.Value);
    }

    [Fact]
    public void Targets_with_one_destination_are_counted_once_and_say_so()
    {
        _session.Run($"Register-FanOutTarget sqs twin arn:aws:sqs:us-east-1:123456789012:copy -SourceArn {CloudSession.Orders} -Enabled").ThrowIfFailed();

        XElement page = Export();

        Assert.Contains("counted together with twin", Row(page, "copy").Element("th")!.Value, StringComparison.Ordinal);
        Assert.Contains(page.Descendants("dd"), static d => d.Value == "2.52k");
    }

    private static XElement Row(XElement page, string id) => page.Descendants("tr").Single(r => r.Element("th")!.Elements("span").FirstOrDefault()?.Value == id);

    private static XElement ById(XElement page, string id) => page.Descendants().Single(e => e.Attribute("id")?.Value == id);

    private void Add(string metrics) => _session.Lambda.Add(
        "fanout", new RecordingFunction(), new() { Environment = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true", ["FANOUT_METRICS"] = metrics } });

    private void Count(string name, string id, double value) => Count(
        "Custom/FanOut", name, value, ("Source", CloudSession.Orders), ("Destination", $"arn:aws:sqs:us-east-1:123456789012:{id}"), ("Function", "fanout"));

    private void Count(string space, string name, double value, params (string Name, string Value)[] dimensions) =>
        _session.Cloud.CloudWatch.Received.Add(new PublishedMetric(space, name, dimensions.ToDictionary(static d => d.Name, static d => d.Value), 0)
        {
            Value = value, Time = TimeProvider.System.GetUtcNow(), Region = "us-east-1", AccountId = "123456789012",
        });

    private XElement Export(string parameters = "")
    {
        Assert.Empty(Run(parameters).ThrowIfFailed().Warnings);
        return Read();
    }

    private PowerShellResult Run(string parameters) => _session.Run($"Export-FanOutReport -Path '{_folder.Path}' {parameters}");

    private XElement Read() => XElement.Parse(File.ReadAllText(Path.Join(_folder.Path, "fanout-report.html"))["<!DOCTYPE html>\n".Length..]);
}
