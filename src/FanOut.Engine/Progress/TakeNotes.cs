using FanOut.Engine.Batching;

namespace FanOut.Engine.Progress;

/// <summary>Makes the notes on a batch that comes again: one, or as many as it takes for each to have room in an item.</summary>
/// <param name="keys">Where they stand.</param>
/// <param name="records">The batch's records, as <see cref="RecordDigests"/>.</param>
/// <param name="settled">What each mapping has of them, by <see cref="MappingNames"/>.</param>
internal sealed class TakeNotes(NoteKeys keys, ulong[] records, IReadOnlyDictionary<string, SettledRecords> settled)
{
    /// <summary>The bytes of a note: an item of the table may have 400 KB, and what two invocations noted at the same time must have room in one.</summary>
    public const int MostBytes = 180_000;

    /// <summary>The notes on a batch: each KB is a write unit, and a partition of DynamoDB takes 1,000 of them a second.</summary>
    public const int MostNotes = 4;

    /// <summary>The notes. What has no room in <see cref="MostNotes"/> is not noted: it is sent again.</summary>
    /// <param name="first">The position of the record from which on the batch comes again.</param>
    /// <param name="expires">When the notes end by themselves.</param>
    /// <param name="isWhole">Whether all has room.</param>
    public IReadOnlyList<Note> From(int first, DateTimeOffset expires, out bool isWhole)
    {
        var notes = new List<Note>();
        isWhole = Cut(0, records.Length);
        return notes;

        bool Cut(int start, int count)
        {
            Note note = Make(start, count, first, expires);
            if (note.Settled.Values.All(static s => s.IsEmpty))
            {
                return true;
            }

            if (notes.Count == MostNotes)
            {
                return false;
            }

            if (NoteItem.SizeOf(note) <= MostBytes)
            {
                notes.Add(note);
                return true;
            }

            // What cannot be ordered is found by its first record alone, so it has one note.
            return count > 1 && keys.First is not null && Cut(start, count / 2) && Cut(start + (count / 2), count - (count / 2));
        }
    }

    private Note Make(int start, int count, int first, DateTimeOffset expires)
    {
        int[] named = [.. Enumerable.Range(start, count).Where(i => records[i] != RecordDigests.None)];
        var note = new Note(keys.Of(start, count), [.. named.Select(i => records[i])]) { Lowest = keys.LowestOf(start, count), Expires = expires };
        for (int i = 0; i < named.Length; i++)
        {
            note.Open[i] = named[i] >= first;
        }

        foreach ((string mapping, SettledRecords known) in settled)
        {
            SettledRecords noted = note.Of(mapping);
            for (int i = 0; i < named.Length; i++)
            {
                noted.Add(i, known, named[i]);
            }
        }

        return note;
    }
}
