using System.Runtime.CompilerServices;
using System.Text.Json;
using FanOut.Errors;
using FanOut.Local.Streams;

namespace FanOut.DeadLetters.Replays;

/// <summary>Reads the events in files of what Lambda gave up.</summary>
/// <param name="letters">The bucket and the prefix.</param>
/// <param name="sourceArn">The source whose events are wanted; files of others are left out.</param>
internal sealed class ReadGivenUp(BucketLetters letters, string sourceArn) : IDisposable
{
    // An event of Lambda has 6 MB, and somewhat more as a text in JSON.
    private const long MostBytes = 64 * 1024 * 1024, KeptBytes = 1024 * 1024;

    // Large events that are sent at a time; more shards wait for their turn.
    private const int EventsAtATime = 3;

    private readonly ReadLetter _read = new(letters.Name, letters.Region);
    private readonly SortedDictionary<string, int> _others = new(StringComparer.Ordinal);

    private readonly LargeMemory _files = new(1), _events = new(EventsAtATime);

    /// <summary>What was left out, as a sentence for a warning; null: nothing was.</summary>
    public string? Warning
    {
        get
        {
            lock (_others)
            {
                return _others.Count == 0 ? null
                    : $"{_others.Values.Sum()} of the files in {letters.Name} are of other sources, and were left out: {string.Join(", ", _others.Keys)}.";
            }
        }
    }

    /// <summary>The events of files that were given up within a second: their names have no order then, but the numbers of the records.</summary>
    /// <param name="files">The files of one shard.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<GivenUpEvent> InOrderAsync(IReadOnlyCollection<GivenUpFile> files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool areKept = files.Count == 1 || files.Sum(static f => f.Found.Size) <= KeptBytes;
        List<(GivenUpFile File, string Number, GivenUpEvent? Event)> some = [];
        foreach (GivenUpFile file in files)
        {
            if (await OfAsync(file, cancellationToken).ConfigureAwait(false) is { } given)
            {
                some.Add((file, given.Number, areKept ? given : null));
                if (!areKept)
                {
                    given.Dispose();
                }
            }
        }

        some.Sort(static (x, y) => SequenceNumbers.IsOne(x.Number) && SequenceNumbers.IsOne(y.Number) && SequenceNumbers.Compare(x.Number, y.Number) is not 0 and var order
            ? order
            : string.CompareOrdinal(x.File.Found.Key, y.File.Found.Key));
        foreach ((GivenUpFile file, _, GivenUpEvent? kept) in some)
        {
            using GivenUpEvent? whole = kept ?? await OfAsync(file, cancellationToken).ConfigureAwait(false);
            if (whole is not null)
            {
                yield return whole;
            }
        }
    }

    /// <summary>What a file holds; null: it is another source's, or gone.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FanOutException">LetterNotReadable: it holds no event.</exception>
    public async Task<GivenUpEvent?> OfAsync(GivenUpFile file, CancellationToken cancellationToken)
    {
        if (file.Found.Size > MostBytes)
        {
            throw NoEvent(file, $"It has {file.Found.Size} bytes: no event is so long.");
        }

        using FileMemory data = await _files.RentAsync(file.Found.Size, cancellationToken).ConfigureAwait(false);
        if (await letters.Objects.ReadAsync(file.Found, data, cancellationToken).ConfigureAwait(false) is null)
        {
            return null;
        }

        // The escapes of a text are longer than what they stand for.
        FileMemory text = await _events.RentAsync(data.Length, cancellationToken).ConfigureAwait(false);
        GivenUpEvent? given = null;
        try
        {
            return given = EventIn(data.Written.Span, text, file);
        }
        finally
        {
            if (given is null)
            {
                text.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _files.Dispose();
        _events.Dispose();
    }

    private GivenUpEvent? EventIn(ReadOnlySpan<byte> data, FileMemory text, GivenUpFile file)
    {
        try
        {
            FanOutDeadLetter letter = _read.Of(new StoredLetter(SplitReport.Of(data, text), null));
            if (letter is { SourceArn: { } other } && other != sourceArn)
            {
                Count(other);
                return null;
            }

            ReadOnlyMemory<byte> json = text.Length > 0 ? text.Written : letter.Data;
            if (letter is not { Problem: null, LetterType: "Event" or "Batch" } || json.IsEmpty)
            {
                throw NoEvent(file, letter.Problem ?? letter.DataOmitted ?? "It holds no event of Lambda.");
            }

            IReadOnlyList<Range> records = SplitEvent.PlacesIn(json.Span);
            return records.Count > 0 ? new GivenUpEvent(file, letter.SequenceNumber ?? "", json, records, text) : throw NoEvent(file, LambdaLetter.WithoutRecords);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw NoEvent(file, data.IsEmpty ? StoredLetter.Empty : text.Length > 0 ? LambdaLetter.WithoutRecords : e is JsonException ? "It is no JSON." : "It is no text.");
        }
    }

    private FanOutException NoEvent(GivenUpFile file, string problem) => FanOutError.FileWithoutEvent(letters.Name, file.Found.Key, problem);

    private void Count(string other)
    {
        lock (_others)
        {
            _others[other] = _others.GetValueOrDefault(other) + 1;
        }
    }
}
