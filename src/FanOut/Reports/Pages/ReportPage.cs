using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>The page of a report.</summary>
internal static class ReportPage
{
    /// <summary>The page: HTML in one file.</summary>
    public static string Of(Report report)
    {
        IReadOnlyList<ReportedTarget>? targets = JudgeTargets.Of(report);
        IReadOnlyList<Trouble> troubles = FindTroubles.Of(report, targets);
        XElement?[] sections =
        [
            TroubleSection.Of(troubles, Verdict.IsNew(report, targets)),
            TopologySection.Of(report, targets),
            ChartSection.Of(report),
            TargetSection.Of(report, targets),
            CostSection.Of(report),
            FunctionSection.Of(report),
        ];
        return WriteHtml.Of(
            $"{report.Title ?? report.Function.FunctionName} – FanOut report",
            Tag("a.skip", Attr("href", "#main"), "Skip to the content"),
            PageHeader.Of(report, sections.OfType<XElement>()),
            Tag("main", Attr("id", "main"), Attr("tabindex", "-1"), Overview.Of(report, targets, troubles), sections),
            PageFooter.Of(report));
    }
}
