using FanOut.Aws.Lambda;
using FanOut.Registry;
using FanOut.Sources.Topics;

namespace FanOut.Sources;

/// <summary>The facts about a source and the chain behind it.</summary>
internal sealed record SourceFacts
{
    /// <summary>The source, without a consumer.</summary>
    public required string SourceArn { get; init; }

    /// <summary>The event source mapping; null: the source is not connected.</summary>
    public EventSourceMappingConfiguration? EventSourceMapping { get; init; }

    /// <summary>The connection of a topic; null: the source is none, or that is not known.</summary>
    public TopicConnection? Topic { get; init; }

    /// <summary>The rows of the table; null: it was not read.</summary>
    public IReadOnlyList<TargetRow>? Targets { get; init; }

    /// <summary>Whether the function that is called answers which records failed; null: not known.</summary>
    public bool? AnswersItems { get; init; }

    /// <summary>The function's runtime, if its code is certainly not FanOut's; else null.</summary>
    public string? ForeignRuntime { get; init; }

    /// <summary>Which images the stream of a table carries; null: the source is not such a stream, or that is not known.</summary>
    public string? StreamViewType { get; init; }

    /// <summary>How far the function is behind; null: not known.</summary>
    public TimeSpan? IteratorAge { get; init; }

    /// <summary>The targets that did not take the last records, where the last batch failed and the log tells it; else empty.</summary>
    public IReadOnlyList<FailedTarget> Failed { get; init; } = [];

    /// <summary>The region of the function.</summary>
    public required string Region { get; init; }

    /// <summary>The alias or version that was asked for; null: the function itself.</summary>
    public string? Qualifier { get; init; }

    /// <summary>What reads the source instead of the alias or version that was asked for, such as <c>fanout</c>; null: nothing.</summary>
    public string? ReadBy { get; init; }

    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The table that was read.</summary>
    public required string TableName { get; init; }

    /// <summary>The table that the function reads; null: not known.</summary>
    public string? FunctionTable { get; init; }
}
