namespace FanOut.LocalCloud.Lambda.Runtime;

/// <summary>The last lines that a function wrote, oldest first. Thread-safe.</summary>
public sealed class FunctionLog
{
    /// <summary>How many lines are kept.</summary>
    public const int Capacity = 10_000;

    private readonly Queue<string> _lines = new();

    /// <summary>The lines, as they are now.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    internal void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == Capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }
}
