using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Transform;

/// <summary>Leaves out the payloads of records that a filter does not let through.</summary>
internal static class FilterPayloads
{
    /// <summary>
    /// How a filter sees the records: aggregates, gzip and log events unpacked if the mapping wants that, otherwise as they came. Filters use only positions, keys and data of
    /// these payloads, so mappings with different targets share them.
    /// </summary>
    /// <param name="options">How the target gets them.</param>
    /// <param name="kind">The kind of their source.</param>
    /// <param name="readsChanges">Whether the filter looks at changes of tables that the records carry.</param>
    public static PayloadOptions SeenAs(PayloadOptions options, SourceKind kind, bool readsChanges = false) => new(
        kind == SourceKind.DynamoDb || readsChanges ? PayloadForm.EventRecord : PayloadForm.AsIs,
        kind == SourceKind.Kinesis && options.Deaggregate,
        ConvertDDB: false,
        AppendNewlines: false,
        View.NewImage)
    {
        ReadsChanges = readsChanges,
        Unpack = kind == SourceKind.Kinesis ? options.Unpack : default,
    };

    /// <summary>Says of each payload whether the filter lets it through.</summary>
    /// <param name="seen">The payloads as the filter sees them.</param>
    /// <param name="filter">The filter.</param>
    public static bool[] Judge(Payloads seen, RecordFilter filter)
    {
        using var match = new MatchRecords(filter, seen.Group);
        bool[] verdicts = new bool[seen.Items.Count];
        for (int i = 0; i < verdicts.Length; i++)
        {
            // One that could not be unpacked passes, as one does that could not be read.
            verdicts[i] = seen.FaultOf(seen.Items[i]) is not null || match.Matches(seen.Items[i]);
        }

        return verdicts;
    }

    /// <summary>The payloads that are let through; they share the memory of <paramref name="payloads"/>.</summary>
    /// <param name="payloads">What the target is to get, in the order of the records.</param>
    /// <param name="seen">The same as the filter sees it, in the same order.</param>
    /// <param name="verdicts">Whether the filter lets each of <paramref name="seen"/> through.</param>
    public static Payloads Of(Payloads payloads, Payloads seen, bool[] verdicts)
    {
        var passed = new Payloads(payloads.Group, payloads.Arena, payloads.First, payloads.End, payloads.Items.Count / 4)
        {
            Hollow = payloads.Hollow, Extras = payloads.Extras, Unshaped = payloads.Unshaped, Texts = payloads.Texts, Changes = payloads.Changes,
        };
        int next = 0;
        foreach (Payload payload in payloads.Items)
        {
            if (IsWanted(seen, verdicts, ref next, (payload.Record, payload.SubSequence)))
            {
                passed.Items.Add(payload);
            }
        }

        // A record that cannot be made into a payload is no failure if the filter would leave it out anyway.
        next = 0;
        foreach (Undecodable broken in payloads.Undecodable)
        {
            if (IsWanted(seen, verdicts, ref next, (broken.Record, 0)))
            {
                passed.AddBroken(broken);
            }
        }

        passed.Filtered = payloads.Items.Count + payloads.Undecodable.Count - passed.Items.Count - passed.Undecodable.Count;
        return passed;
    }

    /// <summary>
    /// Whether the filter lets a payload through. One that the filter has not seen, because it could not be read, passes: it must not be lost
    /// silently.
    /// </summary>
    private static bool IsWanted(Payloads seen, bool[] verdicts, ref int next, (int Record, int SubSequence) wanted)
    {
        while (next < verdicts.Length && (seen.Items[next].Record, seen.Items[next].SubSequence).CompareTo(wanted) < 0)
        {
            next++;
        }

        return next == verdicts.Length || (seen.Items[next].Record, seen.Items[next].SubSequence) != wanted || verdicts[next];
    }
}
