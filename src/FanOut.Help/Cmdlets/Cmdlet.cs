using FanOut.Help.Texts;

namespace FanOut.Help.Cmdlets;

/// <summary>A cmdlet, as its attributes and its documentation describe it.</summary>
internal sealed record Cmdlet
{
    /// <summary>The verb: <c>Get</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>The noun: <c>FanOutTarget</c>.</summary>
    public required string Noun { get; init; }

    /// <summary>Verb and noun.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>One sentence: the class's summary.</summary>
    public required string Synopsis { get; init; }

    /// <summary>The class's remarks; the summary if there are none.</summary>
    public required IReadOnlyList<Block> Description { get; init; }

    /// <summary>All parameters except the common ones, in alphabetical order.</summary>
    public required IReadOnlyList<Parameter> Parameters { get; init; }

    /// <summary>The parameter sets, the default one first.</summary>
    public required IReadOnlyList<ParameterSet> ParameterSets { get; init; }

    /// <summary>The examples.</summary>
    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>What can be piped in.</summary>
    public required IReadOnlyList<PipedType> Inputs { get; init; }

    /// <summary>The types of its output.</summary>
    public required IReadOnlyList<PipedType> Outputs { get; init; }

    /// <summary>Further notes.</summary>
    public required IReadOnlyList<Block> Notes { get; init; }

    /// <summary>The page that Get-Help -Online opens.</summary>
    public required string OnlinePage { get; init; }

    /// <summary>The names of other topics.</summary>
    public required IReadOnlyList<string> Links { get; init; }
}
