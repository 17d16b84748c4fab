using FanOut.Local.Transfers;

namespace FanOut.DeadLetters;

/// <summary>Counts what became of letters, by place and target.</summary>
internal sealed class ResumeTally
{
    // More than anybody reads one by one, and they are in memory.
    private const int MostNoted = 10_000;

    private readonly Dictionary<(string DeadLetter, string? SourceArn, string? Id), FanOutDeadLetterResult> _results = [];

    /// <summary>The counts, in the order in which the targets came.</summary>
    public IReadOnlyCollection<FanOutDeadLetterResult> Results => _results.Values;

    /// <summary>Letters that were looked at.</summary>
    public long Letters => _results.Values.Sum(static r => (long)r.Letters);

    /// <summary>Counts what became of one.</summary>
    public void Add(ILetterBox box, LetterTarget target, LetterOutcome outcome, bool isRemoved) => Change(box, target.SourceArn, target.Id, r =>
    {
        r.Letters++;
        r.Delivered += outcome.State == RecordState.Delivered ? 1 : 0;
        r.Records += outcome.State == RecordState.Delivered ? outcome.Records : 0;
        r.Filtered += outcome.State == RecordState.Filtered ? 1 : 0;
        r.Failed += outcome.State == RecordState.Failed ? 1 : 0;
        r.Removed += isRemoved ? 1 : 0;
    });

    /// <summary>Notes why a letter was not delivered, or not removed.</summary>
    public void Note(ILetterBox box, string? sourceArn, string? id, FanOutDeadLetter letter, string kind, string? code, string reason) => Change(box, sourceArn, id, r =>
    {
        if (r.AllFailures.Count < MostNoted)
        {
            r.AllFailures.Add(new FanOutFailedLetter
            {
                SequenceNumber = letter.SequenceNumber, Key = letter.Key, MessageId = letter.MessageId, ObjectKey = letter.ObjectKey, Line = letter.Line, Class = kind, Code = code, Reason = reason,
            });
        }
    });

    /// <summary>Counts letters that were not tried.</summary>
    public void Leave(ILetterBox box, string? sourceArn, string? id, int count) => Change(box, sourceArn, id, r => r.Letters += count);

    private void Change(ILetterBox box, string? sourceArn, string? id, Action<FanOutDeadLetterResult> change)
    {
        (string, string?, string?) key = (box.Name, sourceArn, id);
        if (!_results.TryGetValue(key, out FanOutDeadLetterResult? result))
        {
            _results[key] = result = new FanOutDeadLetterResult { DeadLetter = box.Name, Region = box.Region, SourceArn = sourceArn, Id = id };
        }

        change(result);
    }
}
