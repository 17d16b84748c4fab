using FanOut.Help.Texts;

namespace FanOut.Help.Cmdlets;

/// <summary>A parameter, as its attributes and its documentation describe it.</summary>
internal sealed record Parameter
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type, as the syntax shows it: <c>String[]</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its aliases.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Its description.</summary>
    public required IReadOnlyList<Block> Text { get; init; }

    /// <summary>The value that it has when it is not given; <c>None</c> if there is no such value.</summary>
    public required string Default { get; init; }

    /// <summary>Whether wildcards are understood.</summary>
    public bool TakesWildcards { get; init; }

    /// <summary>The only values that are allowed; empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether it is a switch, which takes no value.</summary>
    public bool IsSwitch => Type == "SwitchParameter";
}
