using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>The function and its settings.</summary>
internal static class FunctionSection
{
    /// <summary>The section.</summary>
    public static XElement Of(Report report)
    {
        FanOutFunction function = report.Function;
        return Section(
            "function",
            "The function",
            Tag("dl.facts", Facts(report, function).Concat(function.Settings.Select(static s => (s.Key, (string?)s.Value))).Where(static f => !string.IsNullOrEmpty(f.Item2)).Select(Fact)));
    }

    private static IEnumerable<(string Name, string? Value)> Facts(Report report, FanOutFunction function) =>
    [
        ("ARN", function.FunctionArn),
        ("State", function.StateReason is { Length: > 0 } reason ? $"{function.State}: {reason}" : function.State),
        ("Version of FanOut", function.Version is null ? null : function.VersionComparison == "Older" ? $"{function.Version} (Publish-FanOutFunction brings a newer one)" : function.Version),
        ("Runtime", function.Architecture is null ? function.Runtime : $"{function.Runtime} on {function.Architecture}"),
        ("Memory", function.MemorySize is { } memory ? $"{Figures.Count(memory)} MB" : null),
        ("Time-out", function.Timeout is { } timeout ? Figures.Duration(timeout) : null),
        ("Role", function.Role),
        ("Table of mappings", function.TableName),
        ("Last changed", function.LastModified is { } changed ? Figures.Date(report.Local(new DateTimeOffset(changed, TimeSpan.Zero))) : null),
    ];

    private static XElement Fact((string Name, string? Value) fact) => Tag("div", Tag("dt", fact.Name), Tag("dd", fact.Value));
}
