namespace FanOut.DeadLetters.Replays;

/// <summary>The files of a shard: in a folder for each event source mapping that has read it. Counts what was read of them; thread-safe in that.</summary>
/// <param name="id">The shard.</param>
internal sealed class GivenUpShard(string id)
{
    private const int MostSampled = 8;

    private readonly List<GivenUpFile> _sample = [];
    private long _read, _left, _records, _handedOut;

    /// <summary>The shard.</summary>
    public string Id => id;

    /// <summary>The folders, with the prefix before them.</summary>
    public SortedSet<string> Folders { get; } = new(StringComparer.Ordinal);

    /// <summary>When the first file was given up.</summary>
    public string First { get; private set; } = "";

    /// <summary>When the last file was given up.</summary>
    public string Last { get; private set; } = "";

    /// <summary>How many files there are.</summary>
    public int Files { get; private set; }

    /// <summary>The bytes of the files.</summary>
    public long Bytes { get; private set; }

    /// <summary>Up to eight of the files, of which each had the same chance.</summary>
    public IReadOnlyList<GivenUpFile> Sample => _sample;

    /// <summary>The bytes of the files that were read.</summary>
    public long BytesRead => Interlocked.Read(ref _read);

    /// <summary>The bytes of the files that are to be read, as far as is known.</summary>
    public long BytesAhead => Math.Max(0, Bytes - BytesRead - Interlocked.Read(ref _left));

    /// <summary>How many records that are wanted were in the files that were read.</summary>
    public long Records => Interlocked.Read(ref _records);

    /// <summary>How many of them were not settled before: they are sent by this run.</summary>
    public long HandedOut => Interlocked.Read(ref _handedOut);

    /// <summary>Adds a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="random">Picks the sample.</param>
    public void Add(GivenUpFile file, Random random)
    {
        Folders.Add(file.Folder);
        First = First.Length == 0 || string.CompareOrdinal(file.Moment, First) < 0 ? file.Moment : First;
        Last = string.CompareOrdinal(file.Moment, Last) > 0 ? file.Moment : Last;
        Bytes += file.Found.Size;
        Files++;
#pragma warning disable CA5394 // It is no secret which files are looked at.
        int place = Files <= MostSampled ? Files - 1 : random.Next(Files);
#pragma warning restore CA5394
        if (place == _sample.Count)
        {
            _sample.Add(file);
        }
        else if (place < MostSampled)
        {
            _sample[place] = file;
        }
    }

    /// <summary>A file need not be read.</summary>
    public void Leave(GivenUpFile file) => Interlocked.Add(ref _left, file.Found.Size);

    /// <summary>A file has been read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="records">How many records that are wanted are in it.</param>
    /// <param name="handedOut">How many of these were not settled before.</param>
    public void Read(GivenUpFile file, int records, int handedOut)
    {
        Interlocked.Add(ref _read, file.Found.Size);
        Interlocked.Add(ref _records, records);
        Interlocked.Add(ref _handedOut, handedOut);
    }
}
