using System.Collections.Concurrent;

namespace FanOut.Credentials;

/// <summary>One line per call, kept until the pipeline's thread fetches it: only that thread may write to PowerShell's streams.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Adds a line; from any thread.</summary>
    public void Add(string line) => _lines.Enqueue(line);

    /// <summary>Takes the lines that came since the last time.</summary>
    public IEnumerable<string> Take()
    {
        while (_lines.TryDequeue(out string? line))
        {
            yield return line;
        }
    }
}
