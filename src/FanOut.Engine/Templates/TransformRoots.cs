namespace FanOut.Engine.Templates;

/// <summary>Where the paths of a transform lead: a tree for each JSON of a record that they look into.</summary>
internal sealed class TransformRoots
{
    private readonly PathNode?[] _roots = new PathNode?[(int)ValueKind.OldImage + 1];
    private int _count;

    /// <summary>How many places are noted.</summary>
    public int Count => _count;

    /// <summary>The tree of paths into a JSON of the record; null: there are none.</summary>
    public PathNode? this[ValueKind kind] => _roots[(int)kind];

    /// <summary>Adds a path.</summary>
    /// <param name="kind">Into which JSON it leads.</param>
    /// <param name="steps">The steps from there.</param>
    public TemplateValue Add(ValueKind kind, ReadOnlyMemory<PathStep> steps)
    {
        int plain = 0;
        while (plain < steps.Length && !steps.Span[plain].IsAll)
        {
            plain++;
        }

        PathNode node = (_roots[(int)kind] ??= new PathNode()).Add(steps.Span[..plain], ref _count);
        return new TemplateValue(kind, node.Number, steps[plain..]);
    }

    /// <summary>Adds all paths of others.</summary>
    /// <returns>For each place of theirs the number that it has here.</returns>
    public int[] Add(TransformRoots others)
    {
        int[] numbers = new int[others._count];
        for (int kind = 0; kind < _roots.Length; kind++)
        {
            if (others._roots[kind] is { } theirs)
            {
                (_roots[kind] ??= new PathNode()).Add(theirs, numbers, ref _count);
            }
        }

        return numbers;
    }
}
