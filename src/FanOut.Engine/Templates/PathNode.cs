using FanOut.Engine.Json;

namespace FanOut.Engine.Templates;

/// <summary>A place in JSON that a transform's paths lead through or to. Paths that begin alike share their nodes, so JSON is read once.</summary>
internal sealed class PathNode
{
    private readonly List<(PathStep Step, PathNode Node)> _children = [];

    /// <summary>Under which number the place of the value is noted; -1: it is not.</summary>
    public int Number { get; private set; } = -1;

    /// <summary>Whether paths lead further, to fields of an object or elements of an array.</summary>
    public bool HasChildren => _children.Count > 0;

    /// <summary>The node at the end of a path, with a number.</summary>
    /// <param name="path">The steps, none of them to all.</param>
    /// <param name="count">How many numbers were given out.</param>
    public PathNode Add(ReadOnlySpan<PathStep> path, ref int count)
    {
        if (path.IsEmpty)
        {
            Number = Number < 0 ? count++ : Number;
            return this;
        }

        return Behind(path[0]).Add(path[1..], ref count);
    }

    /// <summary>Adds all nodes behind another, those at the ends of paths with numbers.</summary>
    /// <param name="other">The other.</param>
    /// <param name="numbers">Takes for each number of the other's the one that it has here.</param>
    /// <param name="count">How many numbers were given out.</param>
    public void Add(PathNode other, Span<int> numbers, ref int count)
    {
        if (other.Number >= 0)
        {
            Number = Number < 0 ? count++ : Number;
            numbers[other.Number] = Number;
        }

        foreach ((PathStep step, PathNode node) in other._children)
        {
            Behind(step).Add(node, numbers, ref count);
        }
    }

    /// <summary>The node of an element; null: no path leads there.</summary>
    public PathNode? Find(int index)
    {
        foreach ((PathStep step, PathNode node) in _children)
        {
            if (step.Name is null && step.Index == index)
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>The node of a field; null: no path leads there.</summary>
    /// <param name="quoted">The name with its quotes and escapes.</param>
    public PathNode? Find(ReadOnlySpan<byte> quoted)
    {
        foreach ((PathStep step, PathNode node) in _children)
        {
            if (step.Name is not null && JsonName.Is(quoted, step.Utf8.Span))
            {
                return node;
            }
        }

        return null;
    }

    private PathNode Behind(PathStep step)
    {
        foreach ((PathStep known, PathNode node) in _children)
        {
            if (known.Name == step.Name && known.Index == step.Index)
            {
                return node;
            }
        }

        var added = new PathNode();
        _children.Add((step, added));
        return added;
    }
}
