using FanOut.Sources;

namespace FanOut.Reports;

/// <summary>Says of a source how it is.</summary>
internal static class JudgeSources
{
    /// <summary>Bad where records do not arrive or are lost; a warning where it is suspended, or something else is wrong.</summary>
    public static Health Of(FanOutSource source) => source switch
    {
        { Problems: [] } => Health.Good,
        { State: DescribeSource.NotConnected } => Health.Bad,
        { State: "Disabled" or "Disabling" } => Health.Warning,
        _ => Health.Bad,
    };
}
