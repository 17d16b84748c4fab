using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using FanOut.Reports;
using FanOut.Reports.Pages;

namespace FanOut.Tests.Reports;

/// <summary>The page of a report: what it says, and that nothing which others wrote becomes markup.</summary>
public sealed class ReportPageTests
{
    private const string Evil = "</title></style><script>alert(1)</script><img src=x onerror='alert(2)'>\"&amp;";

    [Fact]
    public void The_same_report_is_the_same_page_in_ASCII()
    {
        string page = ReportPage.Of(ReportSample.Of(30));

        Assert.Equal(page, ReportPage.Of(ReportSample.Of(30)));
        Assert.True(Ascii.IsValid(page));
        Assert.DoesNotContain('\r', page);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_asks_for_nothing_else_and_its_policy_forbids_it()
    {
        string page = ReportPage.Of(ReportSample.Of(30));
        XElement html = Read(page);
        string style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length)..page.IndexOf("</style>", StringComparison.Ordinal)];
        string policy = html.Descendants("meta").Single(static m => m.Attribute("http-equiv")?.Value == "Content-Security-Policy").Attribute("content")!.Value;

        Assert.Equal($"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; img-src data:; base-uri 'none'; form-action 'none'", policy);
        Assert.Empty(html.Descendants("script"));
        Assert.Empty(html.Descendants().Attributes("style"));
        Assert.DoesNotContain(html.Descendants().Attributes(), static a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || a.Name.LocalName is "src" or "srcset");
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.All(html.Descendants("link"), static l => Assert.StartsWith("data:", l.Attribute("href")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void What_others_wrote_is_text_wherever_it_stands()
    {
        Report plain = ReportSample.Of(3);
        FanOutTarget target = new()
        {
            SourceArn = Evil, Id = Evil, Type = Evil, Destination = Evil, Enabled = true, Problem = Evil, Region = Evil, FunctionName = Evil, TableName = Evil,
        };
        FanOutSource source = new()
        {
            SourceArn = Evil, Name = Evil, SourceType = Evil, State = Evil, Problems = [$"{Evil}. Get-FanOutLog {Evil}"], Region = Evil, FunctionName = Evil, TableName = Evil,
        };
        FanOutFunction function = new()
        {
            FunctionName = Evil, FunctionArn = Evil, State = Evil, StateReason = Evil, Runtime = Evil, Architecture = Evil, Version = Evil, Role = Evil, Region = Evil, TableName = Evil,
            Settings = new Dictionary<string, string> { [Evil] = Evil }, Problems = [Evil],
        };
        TargetTraffic traffic = plain.Traffic!.Targets.Values.First() with { Failed = ReportSample.Only((47, 3)) };
        Report report = plain with
        {
            Title = Evil,
            Function = function,
            Sources = [source],
            Targets = [target, new() { SourceArn = Evil, Id = Evil + "2", Enabled = true, Region = Evil, FunctionName = Evil, TableName = Evil }],
            Traffic = plain.Traffic with { Targets = new Dictionary<TargetKey, TargetTraffic> { [new(Evil, Evil + "2")] = traffic } },
        };

        foreach (Report each in new[] { report, report with { Traffic = null, TrafficProblem = Evil, Cost = null } })
        {
            string page = ReportPage.Of(each);
            XElement html = Read(page);

            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(Evil, html.Element("body")!.Value, StringComparison.Ordinal);
            Assert.Equal(1, html.Descendants("title").Count(t => t.Value.StartsWith(Evil, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void What_a_page_cannot_say_is_replaced_and_the_rest_stays()
    {
        // Not as data of a theory: half of a surrogate pair does not get through the metadata of an attribute.
        foreach ((string title, string expected) in new[]
        {
            ("a\0b\u001bc", "a\uFFFDb\uFFFDc"), ("\ud800x", "\uFFFDx"), ("x\udc00\ud800", "x\uFFFD\uFFFD"), ("\U0001F600", "\U0001F600"), ("Zo\u00eb \u202e", "Zo\u00eb \u202e"),
        })
        {
            Assert.Equal(expected, Read(ReportPage.Of(ReportSample.Of(3) with { Title = title })).Descendants("h1").Single().Value);
        }
    }

    [Fact]
    public void Three_targets_in_trouble_are_counted_and_each_has_its_command()
    {
        XElement html = Read(ReportPage.Of(ReportSample.Of(30)));

        Assert.Equal("3 of 30 targets need attention.", html.Descendants("h2").First().Value);
        XElement[] troubles = [.. ById(html, "wrong").Descendants("li")];
        Assert.Equal(["Source customers", "Target loyalty", "Target support"], troubles.Select(static t => t.Element("h3")!.Value));
        Assert.StartsWith("Unregister-FanOutTarget -Id 'fraud' -SourceArn ", troubles[0].Descendants("code").Single().Value, StringComparison.Ordinal);
        Assert.Equal(
            $"Get-FanOutLog 'loyalty' -SourceArn '{ReportSample.Orders}' -Level warn -StartTime 2026-11-28T09:00Z -EndTime 2026-11-28T09:30Z -Region eu-west-1",
            troubles[1].Descendants("code").Single().Value);
        Assert.Contains("62 records were put into its dead letter.", troubles[2].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_target_is_a_row_and_those_in_trouble_come_first()
    {
        XElement html = Read(ReportPage.Of(ReportSample.Of(30)));

        XElement[] rows = [.. ById(html, "targets").Descendants("tbody").Elements("tr")];
        Assert.Equal(30, rows.Length);
        Assert.Equal(["loyalty", "support"], ById(html, "targets").Descendants("table").Last().Descendants("tbody").Single().Elements("tr").Take(2).Select(IdOf));
        Assert.Equal(3, rows.Count(static r => r.Attribute("class")!.Value.StartsWith("trouble ", StringComparison.Ordinal)));
        Assert.Equal("Disabled", rows.Single(static r => IdOf(r) == "catalogue").Elements("td").First().Value);

        static string IdOf(XElement row) => row.Element("th")!.Elements("span").First().Value;
    }

    [Fact]
    public void Of_many_targets_the_picture_shows_those_in_trouble_and_the_others_by_type_and_the_table_all()
    {
        XElement html = Read(ReportPage.Of(ReportSample.Of(500)));

        XElement[] leaves = [.. ById(html, "flow").Descendants("li").Where(static l => l.Attribute("class")!.Value.StartsWith("leaf", StringComparison.Ordinal))];
        Assert.InRange(leaves.Length, 10, 40);
        Assert.Contains(leaves, static l => l.Value.StartsWith("loyalty", StringComparison.Ordinal));
        Assert.Contains(leaves, static l => l.Value.Contains(" targets", StringComparison.Ordinal));
        Assert.Equal(500, ById(html, "targets").Descendants("tbody").Elements("tr").Count());
        XElement[] folded = [.. ById(html, "targets").Descendants("details").Descendants("tbody").Elements("tr")];
        Assert.Equal(495, folded.Length);
        Assert.All(folded, static r => Assert.StartsWith("calm ", r.Attribute("class")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Charts_have_their_values_as_tables()
    {
        XElement html = Read(ReportPage.Of(ReportSample.Of(30)));

        XElement[] charts = [.. html.Descendants("figure")];
        Assert.Equal(6, charts.Length);
        Assert.All(charts, static c =>
        {
            Assert.NotEmpty(c.Descendants("svg").Single().Attribute("aria-label")!.Value);
            Assert.Equal(ReportSample.Day.Count, c.Descendants("tbody").Single().Elements("tr").Count());
            Assert.All(c.Descendants("th"), static h => Assert.NotNull(h.Attribute("scope")));
        });
        Assert.Equal("27 Nov, 09:30", charts[0].Descendants("tbody").Single().Descendants("th").First().Value);
    }

    [Fact]
    public void An_empty_function_is_told_in_words()
    {
        XElement html = Read(ReportPage.Of(ReportSample.Empty()));

        Assert.Equal("Nothing is set up yet.", html.Descendants("h2").First().Value);
        Assert.Equal("What comes next", ById(html, "wrong").Element("h2")!.Value);
        Assert.Contains("no source is connected and no target is registered", html.Value, StringComparison.Ordinal);
        Assert.Contains("The function was not invoked in the last 24 hours", ById(html, "time").Value, StringComparison.Ordinal);
        Assert.Contains("Lambda charged nothing", ById(html, "cost").Value, StringComparison.Ordinal);
        Assert.Empty(html.Descendants("figure"));
    }

    [Fact]
    public void A_function_that_was_never_invoked_is_told_in_words()
    {
        Report report = ReportSample.Of(3);
        Series none = Series.None(report.Period.Count);
        Traffic silent = report.Traffic! with
        {
            Invocations = none, Errors = none, Duration = none, IteratorAge = none, Records = new Dictionary<string, Series>(),
            Targets = report.Traffic.Targets.ToDictionary(static t => t.Key, _ => new TargetTraffic { Delivered = none, Failed = none, DeadLettered = none, Retried = none, Filtered = none }),
        };

        XElement html = Read(ReportPage.Of(report with { Traffic = silent }));

        Assert.Equal("The function was not invoked in the last 24 hours.", html.Descendants("h2").First().Value);
        Assert.All(ById(html, "targets").Descendants("td").Where(static d => d.Attribute("class")!.Value == "state"), static d => Assert.Equal("No records", d.Value));
    }

    [Fact]
    public void What_is_not_known_is_said()
    {
        XElement html = Read(ReportPage.Of(ReportSample.Of(3) with { Targets = null, Traffic = null, TrafficProblem = "CloudWatch may not be read.", Cost = null }));

        Assert.Equal("The targets could not be read.", html.Descendants("h2").First().Value);
        Assert.Contains("The targets could not be read", ById(html, "targets").Value, StringComparison.Ordinal);
        Assert.Contains("How much flowed is not known. CloudWatch may not be read.", ById(html, "time").Value, StringComparison.Ordinal);
        Assert.Contains("What Lambda charged is not known. CloudWatch may not be read.", ById(html, "cost").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_those_of_the_zone_with_its_distance_to_UTC()
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-3.5), "test", "test");

        XElement html = Read(ReportPage.Of(ReportSample.Of(3) with { Zone = zone }));

        Assert.Contains("27 Nov 2026, 06:00 – 28 Nov 2026, 06:00 UTC−03:30", html.Descendants("header").Single().Value, StringComparison.Ordinal);
        Assert.Equal(["2026-11-27T09:30Z", "2026-11-28T09:30Z"], html.Descendants("time").Select(static t => t.Attribute("datetime")!.Value));
    }

    private static XElement ById(XElement html, string id) => html.Descendants().Single(e => e.Attribute("id")?.Value == id);

    // The page is written so that it is XML too, which is a stricter reading of it than a browser's.
    private static XElement Read(string page) => XElement.Parse(page["<!DOCTYPE html>\n".Length..], LoadOptions.PreserveWhitespace);
}
