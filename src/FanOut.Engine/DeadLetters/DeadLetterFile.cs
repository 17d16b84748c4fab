using FanOut.Aws.Protocols;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>A file of envelopes, one per line, for what is sent from a computer instead of the function. What is added is on the disk before it counts as taken.</summary>
public sealed class DeadLetterFile : IDeadLetters, IDisposable
{
    private readonly object _gate = new();
    private readonly FileStream _file;

    /// <summary>Opens a file, behind what it holds.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written to, or somebody else writes to it.</exception>
    public DeadLetterFile(string path)
    {
        // Not FileShare.Read, which on Unix lets a second writer in: both would write at the same place.
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (_file.Length == 0)
        {
            return;
        }

        // Who wrote it before may have been ended within a line.
        _file.Seek(-1, SeekOrigin.End);
        if (_file.ReadByte() != '\n')
        {
            _file.WriteByte((byte)'\n');
        }
    }

    /// <inheritdoc/>
    public Task<Receipt> SendAsync(Mapping mapping, RecordGroup group, IReadOnlyList<Undelivered> undelivered, long memory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(undelivered);
        var envelopes = new Envelopes(mapping, group, null);
        using var line = new RequestBody(4_096);
        foreach (Undelivered letter in undelivered)
        {
            envelopes.Write(line, letter, long.MaxValue);
            line.Write("\n"u8);
        }

        lock (_gate)
        {
            _file.Write(line.Written);
            _file.Flush(flushToDisk: true);
        }

        return Task.FromResult(Receipt.AllTaken);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
