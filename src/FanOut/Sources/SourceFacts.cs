using FanOut.Aws.Lambda;
using FanOut.Registry;

namespace FanOut.Sources;

/// <summary>What is known of a source and the chain behind it.</summary>
internal sealed record SourceFacts
{
    /// <summary>The source, without a consumer.</summary>
    public required string SourceArn { get; init; }

    /// <summary>The event source mapping; none: there is none.</summary>
    public EventSourceMappingConfiguration? Mapping { get; init; }

    /// <summary>The rows of the table; none: it was not read.</summary>
    public IReadOnlyList<TargetRow>? Targets { get; init; }

    /// <summary>Whether the function that the mapping calls answers which records failed; none: that is not known.</summary>
    public bool? AnswersItems { get; init; }

    /// <summary>The function's runtime where it is surely not FanOut's.</summary>
    public string? ForeignRuntime { get; init; }

    /// <summary>Which images the stream of a table carries; none: the source is no such stream, or that is not known.</summary>
    public string? StreamViewType { get; init; }

    /// <summary>How far the function is behind.</summary>
    public TimeSpan? IteratorAge { get; init; }

    /// <summary>The region of the function.</summary>
    public required string Region { get; init; }

    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The table that was read.</summary>
    public required string TableName { get; init; }

    /// <summary>The table that the function reads; none: that is not known.</summary>
    public string? FunctionTable { get; init; }
}
