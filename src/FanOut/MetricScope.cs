namespace FanOut;

/// <summary>What metrics are added up by.</summary>
public enum MetricScope
{
    /// <summary>Each target by itself.</summary>
    Target,

    /// <summary>Each source, with all its targets together.</summary>
    Source,

    /// <summary>The whole function.</summary>
    Function,
}
