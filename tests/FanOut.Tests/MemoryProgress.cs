using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Progress;

namespace FanOut.Tests;

/// <summary>Notes as the table has them, without a table.</summary>
internal sealed class MemoryProgress : IProgressStore
{
    private readonly Dictionary<string, Note> _notes = [];

    public Task<BatchProgress> ReadAsync(RecordGroup group, CancellationToken cancellationToken) =>
        Task.FromResult(BatchProgress.Of([.. _notes.Values], RecordDigests.Of(group)));

    public Task<string?> WriteAsync(RecordGroup group, int first, IReadOnlyList<Outcome> outcomes, BatchProgress before, CancellationToken cancellationToken)
    {
        Dictionary<string, SettledRecords> settled = outcomes.ToDictionary(static o => MappingNames.Of(o.Mapping), static o => o.Settled());
        foreach (Note note in new TakeNotes(new NoteKeys(group), RecordDigests.Of(group), settled).From(first, DateTimeOffset.MaxValue, out _))
        {
            _notes[note.Key] = note;
        }

        return Task.FromResult<string?>(null);
    }
}
