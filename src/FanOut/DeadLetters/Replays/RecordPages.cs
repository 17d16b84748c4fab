using FanOut.Local.Events;

namespace FanOut.DeadLetters.Replays;

/// <summary>Divides the records of an event into pages, each of which is sent at once: neither too many records, nor too many bytes.</summary>
internal static class RecordPages
{
    private const int MostRecords = 500, MostBytes = 500_000;

    /// <summary>The pages. A record that is longer than a page should be has one of its own.</summary>
    /// <param name="records">The records, in their order.</param>
    public static IEnumerable<IReadOnlyList<EventRecord>> Of(IEnumerable<EventRecord> records)
    {
        List<EventRecord> page = [];
        int bytes = 0;
        foreach (EventRecord record in records)
        {
            if (page.Count == MostRecords || (page.Count > 0 && bytes + record.Bytes > MostBytes))
            {
                yield return page;
                page = [];
                bytes = 0;
            }

            page.Add(record);
            bytes += record.Bytes;
        }

        if (page.Count > 0)
        {
            yield return page;
        }
    }
}
