using FanOut.Engine.Events;

namespace FanOut.Tests.Events;

/// <summary>Compares what a faster way of reading an event makes of it with what the general way does.</summary>
internal static class SameRecords
{
    /// <summary>What was read, if anything was, is the same bytes in the same places.</summary>
    public static void Assert(byte[] json, IReadOnlyList<RecordGroup>? groups)
    {
        if (groups is null)
        {
            return;
        }

        IReadOnlyList<RecordGroup> others = EventReader.ReadAny(json);
        Xunit.Assert.Equal(others.Select(static g => (g.SourceArn, g.Kind, g.Records.Count)), groups.Select(static g => (g.SourceArn, g.Kind, g.Records.Count)));
        foreach ((StreamRecord record, StreamRecord other) in groups.SelectMany(static g => g.Records).Zip(others.SelectMany(static g => g.Records)))
        {
            Xunit.Assert.Equal((other.Raw, other.SequenceNumber, other.Key, other.Data, other.OldImage), (record.Raw, record.SequenceNumber, record.Key, record.Data, record.OldImage));
            Xunit.Assert.Equal((other.Change, other.Problem), (record.Change, record.Problem));
        }
    }
}
