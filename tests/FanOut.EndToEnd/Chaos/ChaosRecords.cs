using System.Globalization;
using System.Text;

namespace FanOut.EndToEnd.Chaos;

/// <summary>The records of a case, known everywhere by their numbers.</summary>
/// <param name="source">The stream's ARN.</param>
/// <param name="name">The case's name, which makes its keys its own.</param>
/// <param name="keys">How many keys take turns.</param>
internal sealed class ChaosRecords(string source, string name, int keys)
{
    private const string Sequence = "4959033827149025660855969253836157109592157";

    /// <summary>When the records came to the stream: long ago, so that every batch may be one that comes again.</summary>
    public DateTimeOffset Arrived { get; init; } = DateTimeOffset.UnixEpoch.AddYears(50);

    /// <summary>A record's key.</summary>
    public string KeyOf(int number) => $"{name}-{number % keys}";

    /// <summary>A record's data.</summary>
    public string DataOf(int number) => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{Mark(number)}}","n":{{number}},"third":{{number % 3}}}""");

    /// <summary>A filter that every third record does not match.</summary>
    public const string Filter = """{"data":{"third":[0,1]}}""";

    /// <summary>Whether a record matches <see cref="Filter"/>.</summary>
    public static bool IsWanted(int number) => number % 3 != 2;

    /// <summary>A word that only this record's data has.</summary>
    public string Mark(int number) => string.Create(CultureInfo.InvariantCulture, $"{name}x{number:D7}");

    /// <summary>An event of some of them.</summary>
    public byte[] Event(IReadOnlyList<int> numbers) => LambdaEvent.Of(numbers.Select(number => LambdaEvent.Kinesis(
        Encoding.UTF8.GetBytes(DataOf(number)), KeyOf(number), string.Create(CultureInfo.InvariantCulture, $"{Sequence}{number:D13}"), source, Arrived)));

    /// <summary>A record's data as it stands in events.</summary>
    public string Base64(int number) => Convert.ToBase64String(Encoding.UTF8.GetBytes(DataOf(number)));

    /// <summary>The numbers of the records in a text: as data, one or more, or as an envelope's or event's sequence numbers.</summary>
    public static IEnumerable<int> Read(string text)
    {
        const string Number = "\"n\":", Place = "\"sequenceNumber\":\"" + Sequence;
        string what = text.Contains(Place, StringComparison.Ordinal) ? Place : Number;
        for (int at = text.IndexOf(what, StringComparison.Ordinal); at >= 0; at = text.IndexOf(what, at + 1, StringComparison.Ordinal))
        {
            int start = at + what.Length, end = start;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            yield return int.Parse(text.AsSpan(start, end - start), CultureInfo.InvariantCulture);
        }
    }
}
