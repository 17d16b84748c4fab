using System.Globalization;
using System.Management.Automation;

namespace FanOut.Local.Transfers;

/// <summary>The progress bar of a cmdlet that sends records: how many, how fast, and how long it will take.</summary>
/// <param name="activityId">Any number that no other bar of the cmdlet has.</param>
/// <param name="activity">What is done, such as <c>Sending dead letters</c>.</param>
/// <param name="time">The clock.</param>
/// <param name="before">How many records earlier runs have done: they are in the number, not in the rate.</param>
internal sealed class TransferProgress(int activityId, string activity, TimeProvider time, long before = 0)
{
    // The rate is that of the last seconds: what was slow an hour ago says nothing of the time that is left.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30), BetweenUpdates = TimeSpan.FromMilliseconds(200);

    private readonly Queue<(DateTimeOffset At, long Done)> _marks = new([(time.GetUtcNow(), before)]);
    private DateTimeOffset _shown = DateTimeOffset.MinValue;

    /// <summary>Records a second, of the last half minute.</summary>
    public double Rate { get; private set; }

    /// <summary>The bar, if it is time to show it anew; null: it was shown just now.</summary>
    /// <param name="done">How many records are done by now.</param>
    /// <param name="total">How many there are; null: that is not known.</param>
    /// <param name="remark">What else there is to say, such as the lag; null: nothing.</param>
    public ProgressRecord? Show(long done, long? total, string? remark = null)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now - _shown < BetweenUpdates)
        {
            return null;
        }

        _shown = now;
        while (_marks.Count > 1 && now - _marks.Peek().At > Window)
        {
            _marks.Dequeue();
        }

        (DateTimeOffset since, long doneThen) = _marks.Peek();
        double seconds = (now - since).TotalSeconds;
        Rate = seconds > 0 ? (done - doneThen) / seconds : 0;
        _marks.Enqueue((now, done));
        // What is cut off on a narrow screen is at the end. What there is in all is an estimate, of a stream as of a queue.
        string counted = string.Create(CultureInfo.InvariantCulture, $"{done:N0}{(total is { } all ? $" of ~{all.ToString("N0", CultureInfo.InvariantCulture)}" : "")} records");
        // Before anything is done there is no speed.
        string speed = done == before ? "" : string.Create(CultureInfo.InvariantCulture, $"{Rate:N0} a second, ");
        var record = new ProgressRecord(activityId, activity, string.Create(CultureInfo.InvariantCulture, $"{speed}{counted}{(remark is null ? "" : $"; {remark}")}"));
        if (total is > 0 and { } known)
        {
            record.PercentComplete = (int)Math.Clamp(100 * done / known, 0, 100);
            record.SecondsRemaining = Rate > 0 ? (int)Math.Min(int.MaxValue, Math.Max(0, known - done) / Rate) : -1;
        }

        return record;
    }

    /// <summary>The end of the bar.</summary>
    public ProgressRecord End() => new(activityId, activity, "done") { RecordType = ProgressRecordType.Completed };
}
