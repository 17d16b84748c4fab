using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Progress;

/// <summary>What invocations before this one have settled of a batch, by mapping.</summary>
/// <param name="Attempt">How often it was noted.</param>
/// <param name="Done">By <see cref="KeyOf"/>: which records are settled.</param>
public sealed record BatchProgress(int Attempt, IReadOnlyDictionary<string, bool[]> Done)
{
    /// <summary>Nothing.</summary>
    public static BatchProgress None { get; } = new(0, new Dictionary<string, bool[]>());

    /// <summary>Why it is not known; null: it is.</summary>
    public string? Problem { get; init; }

    /// <summary>Which records a mapping needs no more; null: it needs all.</summary>
    public bool[]? Of(Mapping mapping) => Done.Count == 0 ? null : Done.GetValueOrDefault(KeyOf(mapping));

    /// <summary>A mapping's name in the notes. One that was turned to another destination is another: that lacks everything.</summary>
    public static string KeyOf(Mapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return $"{mapping.Id}#{Digest.Of($"{mapping.Type}\n{mapping.Destination.Text}"):x16}";
    }
}
