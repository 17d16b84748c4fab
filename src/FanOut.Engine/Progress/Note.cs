using System.Collections;
using FanOut.Engine.Batching;

namespace FanOut.Engine.Progress;

/// <summary>What is settled of records that may come again.</summary>
internal sealed class Note
{
    /// <summary>A note on some records.</summary>
    /// <param name="key">Its range key, see <see cref="NoteKeys"/>.</param>
    /// <param name="records">The records, as <see cref="RecordDigests"/>.</param>
    public Note(string key, ulong[] records)
    {
        (Key, Records) = (key, records);
        Open = new BitArray(records.Length);
        Settled = new Dictionary<string, SettledRecords>(StringComparer.Ordinal);
    }

    /// <summary>Its range key.</summary>
    public string Key { get; }

    /// <summary>The records.</summary>
    public ulong[] Records { get; }

    /// <summary>Which of the records may come again and stand in no newer note. A note without such records has ended.</summary>
    public BitArray Open { get; private init; }

    /// <summary>What each mapping has of the records, by <see cref="MappingNames"/>.</summary>
    public Dictionary<string, SettledRecords> Settled { get; private init; }

    /// <summary>The lowest sequence number of the records, in the form that sorts; null: they have no order.</summary>
    public string? Lowest { get; init; }

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset Expires { get; init; }

    /// <summary>The mark of the writing; null: it is not in the table, or stands there without a mark that can be read.</summary>
    public string? Version { get; init; }

    /// <summary>What a mapping has; made when it is asked for.</summary>
    public SettledRecords Of(string mapping)
    {
        if (!Settled.TryGetValue(mapping, out SettledRecords? settled))
        {
            Settled.Add(mapping, settled = new SettledRecords(Records.Length));
        }

        return settled;
    }

    /// <summary>This note, valid until another time.</summary>
    public Note Until(DateTimeOffset expires) => With(Open, expires);

    /// <summary>This note without records that do not come again, or stand in a newer note; null: it has ended.</summary>
    /// <param name="batch">These records.</param>
    /// <param name="expires">When what is left ends by itself.</param>
    public Note? Without(IReadOnlySet<ulong> batch, DateTimeOffset expires)
    {
        var open = new BitArray(Open);
        for (int i = 0; i < Records.Length; i++)
        {
            open[i] &= !batch.Contains(Records[i]);
        }

        return open.HasAnySet() ? With(open, expires) : null;
    }

    /// <summary>Whether any of its records that may come again is of a batch.</summary>
    public bool IsAbout(IReadOnlySet<ulong> batch)
    {
        for (int i = 0; i < Records.Length; i++)
        {
            if (Open[i] && batch.Contains(Records[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>This note and what an older one of the same key says, of the same records and of others.</summary>
    /// <param name="older">The older one.</param>
    /// <param name="batch">The records that this one's writer had: of them only this one knows whether they come again.</param>
    public Note With(Note older, IReadOnlySet<ulong> batch)
    {
        var own = new HashSet<ulong>(Records);
        ulong[] others = [.. older.Records.Where(r => !own.Contains(r))];
        var both = new Note(Key, [.. others, .. Records])
        {
            // Without one it would not be found again: an older note that cannot be read may have none.
            Lowest = older.Lowest is null || string.CompareOrdinal(Lowest, older.Lowest) < 0 ? Lowest : older.Lowest, Expires = Expires, Version = older.Version,
        };

        var position = new Dictionary<ulong, int>(both.Records.Length);
        for (int i = 0; i < both.Records.Length; i++)
        {
            position[both.Records[i]] = i;
        }

        for (int i = 0; i < Records.Length; i++)
        {
            both.Open[others.Length + i] = Open[i];
        }

        for (int i = 0; i < older.Records.Length; i++)
        {
            both.Open[position[older.Records[i]]] |= older.Open[i] && !batch.Contains(older.Records[i]);
        }

        Add(this);
        Add(older);
        return both;

        void Add(Note note)
        {
            foreach ((string mapping, SettledRecords settled) in note.Settled)
            {
                SettledRecords known = both.Of(mapping);
                for (int i = 0; i < note.Records.Length; i++)
                {
                    known.Add(position[note.Records[i]], settled, i);
                }
            }
        }
    }

    private Note With(BitArray open, DateTimeOffset expires) => new(Key, Records) { Open = open, Settled = Settled, Lowest = Lowest, Expires = expires, Version = Version };
}
