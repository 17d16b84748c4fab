namespace FanOut.DeadLetters.Replays;

/// <summary>The files of a shard: in a folder for each event source mapping that has read it.</summary>
/// <param name="id">The shard.</param>
internal sealed class GivenUpShard(string id)
{
    private long _read;

    /// <summary>The shard.</summary>
    public string Id => id;

    /// <summary>The folders, with the prefix before them.</summary>
    public SortedSet<string> Folders { get; } = new(StringComparer.Ordinal);

    /// <summary>When the first file was given up.</summary>
    public string First { get; private set; } = "";

    /// <summary>When the last file was given up.</summary>
    public string Last { get; private set; } = "";

    /// <summary>The bytes of the files.</summary>
    public long Bytes { get; private set; }

    /// <summary>The bytes of those that have been read or need not be read.</summary>
    public long BytesRead => Interlocked.Read(ref _read);

    /// <summary>Adds a file.</summary>
    public void Add(GivenUpFile file)
    {
        Folders.Add(file.Folder);
        First = First.Length == 0 || string.CompareOrdinal(file.Moment, First) < 0 ? file.Moment : First;
        Last = string.CompareOrdinal(file.Moment, Last) > 0 ? file.Moment : Last;
        Bytes += file.Found.Size;
    }

    /// <summary>A file has been read, or need not be.</summary>
    public void Pass(GivenUpFile file) => Interlocked.Add(ref _read, file.Found.Size);
}
