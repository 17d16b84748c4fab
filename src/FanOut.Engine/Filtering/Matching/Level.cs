using FanOut.Aws.Protocols;

namespace FanOut.Engine.Filtering.Matching;

/// <summary>All that a pattern asks of the objects under one path of an event.</summary>
/// <param name="fields">The names that it looks at.</param>
/// <param name="first">The first of the slots of these fields.</param>
/// <param name="count">How many slots they have.</param>
/// <param name="outcomes">What objects are to be: one for each set of fields that one of the pattern's alternatives asks for here.</param>
internal sealed class Level(LevelField[] fields, int first, int count, Conjunction[] outcomes)
{
    // No escape of JSON is longer: six bytes for one.
    private const int LongestEscape = 6;

    private readonly int _longestName = fields.Max(static f => f.Name.Length);

    /// <summary>The names.</summary>
    public IReadOnlyList<LevelField> Fields => fields;

    /// <summary>What objects are to be: one for each set of fields that one of the pattern's alternatives asks for here.</summary>
    public Conjunction[] Outcomes => outcomes;

    /// <summary>Whether the object that was read is as one of the outcomes asks.</summary>
    public bool HoldsAny(ReadOnlySpan<byte> state)
    {
        foreach (Conjunction outcome in outcomes)
        {
            if (outcome.Holds(state))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Forgets what was noted of another object.</summary>
    public void Clear(Span<byte> state) => state.Slice(first, count).Clear();

    /// <summary>The field of a name.</summary>
    /// <param name="quoted">The name with its quotes and escapes.</param>
    public LevelField? Find(ReadOnlySpan<byte> quoted)
    {
        ReadOnlySpan<byte> name = quoted[1..^1];
        if (name.Length > _longestName)
        {
            return name.Length <= _longestName * LongestEscape && name.Contains((byte)'\\') ? FindEscaped(quoted) : null;
        }

        return name.Contains((byte)'\\') ? FindEscaped(quoted) : FindPlain(name);
    }

    private LevelField? FindPlain(ReadOnlySpan<byte> name)
    {
        foreach (LevelField field in fields)
        {
            if (name.SequenceEqual(field.Name))
            {
                return field;
            }
        }

        return null;
    }

    private LevelField? FindEscaped(ReadOnlySpan<byte> quoted)
    {
        Span<byte> name = stackalloc byte[quoted.Length];
        return JsonEscape.TryUndo(quoted, name, out int length) ? FindPlain(name[..length]) : null;
    }
}
