using System.Text;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Progress;

namespace FanOut.Tests;

/// <summary>Notes as the table has them, by the first sequence number.</summary>
internal sealed class MemoryProgress : IProgressStore
{
    private readonly Dictionary<string, Dictionary<string, byte[]>> _notes = [];

    public Task<BatchProgress> ReadAsync(RecordGroup group, CancellationToken cancellationToken) =>
        Task.FromResult(_notes.TryGetValue(KeyOf(group, 0), out Dictionary<string, byte[]>? note)
            ? new BatchProgress(1, note.ToDictionary(n => n.Key, n => DeliveredRuns.Read(n.Value, group)))
            : BatchProgress.None);

    public Task<string?> WriteAsync(RecordGroup group, int first, IReadOnlyList<Outcome> outcomes, BatchProgress before, CancellationToken cancellationToken)
    {
        _notes[KeyOf(group, first)] = outcomes.ToDictionary(o => BatchProgress.KeyOf(o.Mapping), o => DeliveredRuns.Write(group, first, r => !o.IsFailed(r), 1_000_000));
        return Task.FromResult<string?>(null);
    }

    private static string KeyOf(RecordGroup group, int first) => Encoding.UTF8.GetString(group.Records[first].SequenceNumber.Span);
}
