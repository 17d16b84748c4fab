using FanOut.Sources;

namespace FanOut.Reports.Pages;

/// <summary>What a source is called.</summary>
internal static class SourceNames
{
    /// <summary>Its name, with its type.</summary>
    public static string Of(Report report, string sourceArn)
    {
        FanOutSource? source = report.Sources.FirstOrDefault(s => s.SourceArn == sourceArn);
        (string kind, string name) = EventSource.Describe(sourceArn);
        return name.Length == 0 ? "no source" : $"{source?.Name ?? name} ({(kind.Length == 0 ? "unknown" : kind)})";
    }
}
