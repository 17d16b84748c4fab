using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Transform;

/// <summary>Says which records a filter lets through, without a target that they are sent to.</summary>
public static class JudgeRecords
{
    /// <summary>Whether the filter lets each of the records through; one that cannot be read passes, as on its way to a target.</summary>
    /// <param name="group">The records.</param>
    /// <param name="filter">The filter.</param>
    public static bool[] Of(RecordGroup group, RecordFilter filter)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(filter);
        bool[] verdicts = new bool[group.Records.Count];
        PayloadOptions options = new(group.Kind == SourceKind.DynamoDb ? PayloadForm.EventRecord : PayloadForm.AsIs, Deaggregate: false, ConvertDDB: false, AppendNewlines: false, View.NewImage);
        using var shared = new SharedPayloads(group);
        using BorrowedPayloads passed = shared.From(0, options, filter);
        foreach (Payload payload in passed.Payloads.Items)
        {
            verdicts[payload.Record] = true;
        }

        foreach (Undecodable broken in passed.Payloads.Undecodable)
        {
            verdicts[broken.Record] = true;
        }

        return verdicts;
    }
}
