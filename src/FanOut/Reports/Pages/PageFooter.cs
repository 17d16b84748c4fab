using System.Xml.Linq;
using FanOut.Deployment;
using FanOut.Sources;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>What stands below everything: where the figures come from, and how to make the report again.</summary>
internal static class PageFooter
{
    /// <summary>The footer.</summary>
    public static XElement Of(Report report) => Tag(
        "footer.page",
        Tag(
            "p",
            $"Made by FanOut {ModuleVersion.Own} from what Lambda, DynamoDB and CloudWatch say. Each bar and each point is {Figures.Length(report.Period.Step)}. ",
            "Figures of the last minutes may be incomplete: CloudWatch has them a little later."),
        Tag("p", "To make it again: ", Tag("code", $"Export-FanOutReport{RepairCommand.FunctionOf(report.Function.FunctionName, report.Function.Region)}")));
}
