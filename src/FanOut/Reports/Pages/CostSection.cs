using System.Globalization;
using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>What the last day cost, in words, with the prices and all that is not counted.</summary>
internal static class CostSection
{
    private const string Prices = "https://aws.amazon.com/lambda/pricing/";

    /// <summary>The section.</summary>
    public static XElement Of(Report report) => Section("cost", "What the last day cost", report.Cost is { } cost
        ? Words(report, cost)
        : [Tag("p.nothing", $"What Lambda charged is not known. {report.TrafficProblem}")]);

    private static object?[] Words(Report report, LambdaCost cost)
    {
        string day = $"From {Figures.Day(report.Local(cost.From))} to {Figures.Day(report.Local(cost.To))}";
        return
        [
            cost.Invocations == 0
                ? Tag("p", $"{day} the function was not invoked, so Lambda charged nothing for it.")
                : Tag(
                    "p",
                    $"{day} the function was invoked ",
                    Tag("strong", Figures.Count(cost.Invocations, "time")),
                    $" and ran for {Figures.Duration(cost.Duration)} with {Figures.Count(cost.MemorySize)} MB, which is {GigabyteSeconds(cost)}. At list prices Lambda charges ",
                    Tag("strong", Figures.Money(cost.Time + cost.Requests)),
                    $" for that: {Figures.Money(cost.Time)} for the time and {Figures.Money(cost.Requests)} for the requests. A month of such days would be {Figures.Money((cost.Time + cost.Requests) * 30)}."),
            Tag(
                "p.hint",
                "Prices: ",
                string.Create(CultureInfo.InvariantCulture, $"${cost.SecondPrice} for a GB-second on {(cost.IsArm64 ? "arm64" : "x86_64")} and ${LambdaCost.MillionRequests} for a million requests, as "),
                Tag("a", Attr("href", Prices), Attr("rel", "noreferrer"), "AWS published them"),
                " in November 2026 for US East (N. Virginia), without free tier, volume tiers and savings plans. Other regions have other prices. Memory and processor are the function’s present ones."),
            Tag(
                "p.hint",
                "Not counted: starts of the function, which CloudWatch’s duration leaves out; what sources, targets and dead letters cost; the table of mappings, logs and metrics; data between regions and through a VPC."),
        ];
    }

    private static string GigabyteSeconds(LambdaCost cost) =>
        $"{cost.GigabyteSeconds.ToString(cost.GigabyteSeconds < 10 ? "0.##" : "N0", CultureInfo.InvariantCulture)} GB-seconds";
}
