using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Progress;

/// <summary>What invocations before this one have settled of a batch, by mapping.</summary>
public sealed class BatchProgress
{
    private readonly Dictionary<string, SettledRecords> _settled = new(StringComparer.Ordinal);

    private BatchProgress()
    {
    }

    /// <summary>Nothing.</summary>
    public static BatchProgress None { get; } = new();

    /// <summary>Why it is not known; null: it is.</summary>
    public string? Problem { get; private init; }

    /// <summary>Whether notes are about records of the batch: they end when these do not come again.</summary>
    public bool IsNoted { get; private init; }

    /// <summary>What is settled, by <see cref="MappingNames"/>: of mappings that are not active now, too.</summary>
    internal IReadOnlyDictionary<string, SettledRecords> Settled => _settled;

    /// <summary>The notes that were read, also those on records that follow the batch.</summary>
    internal IReadOnlyList<Note> Notes { get; private init; } = [];

    /// <summary>Which records a mapping needs no more; null: it needs all.</summary>
    public SettledRecords? Of(Mapping mapping) => _settled.Count == 0 ? null : _settled.GetValueOrDefault(MappingNames.Of(mapping));

    /// <summary>It is not known.</summary>
    internal static BatchProgress Unknown(string problem) => new() { Problem = problem };

    /// <summary>What notes say of a batch, all together.</summary>
    /// <param name="notes">The notes.</param>
    /// <param name="records">The batch's records, as <see cref="RecordDigests"/>.</param>
    /// <param name="problem">Why there may be more; null: there are not.</param>
    internal static BatchProgress Of(IReadOnlyList<Note> notes, ulong[] records, string? problem = null)
    {
        var positions = new Dictionary<ulong, int>(records.Length);
        for (int i = 0; i < records.Length; i++)
        {
            positions[records[i]] = i;
        }

        positions.Remove(RecordDigests.None);
        HashSet<ulong> batch = [.. positions.Keys];
        var progress = new BatchProgress { Notes = notes, Problem = problem, IsNoted = notes.Any(n => n.IsAbout(batch)) };
        foreach (Note note in notes)
        {
            progress.Add(note, positions, records.Length);
        }

        return progress;
    }

    private void Add(Note note, Dictionary<ulong, int> positions, int count)
    {
        foreach ((string mapping, SettledRecords noted) in note.Settled)
        {
            for (int i = 0; i < note.Records.Length; i++)
            {
                if (positions.TryGetValue(note.Records[i], out int position))
                {
                    if (!_settled.TryGetValue(mapping, out SettledRecords? settled))
                    {
                        _settled.Add(mapping, settled = new SettledRecords(count));
                    }

                    settled.Add(position, noted, i);
                }
            }
        }
    }
}
