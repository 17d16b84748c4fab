using FanOut.Aws.CloudWatchLogs;
using FanOut.Errors;

namespace FanOut.Operations;

/// <summary>Waits for the line in which the function tells what became of a marked record.</summary>
/// <param name="log">Its log.</param>
/// <param name="time">The clock.</param>
internal sealed class FollowMark(LogReader log, TimeProvider time)
{
    // Clocks differ. The mark is in one record's lines only, so it does no harm to look back.
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(10);

    // CloudWatch Logs allows 5 to 10 calls a second.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>What the first line says; null: there was none in time.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="patience">How long to wait for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<MarkedNews?> FindAsync(string mark, TimeSpan patience, CancellationToken cancellationToken)
    {
        DateTimeOffset began = time.GetUtcNow();
        while (true)
        {
            if (await ReadAsync(mark, began - Before, cancellationToken).ConfigureAwait(false) is { } news)
            {
                return news;
            }

            if (time.GetUtcNow() - began >= patience)
            {
                return null;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<MarkedNews?> ReadAsync(string mark, DateTimeOffset from, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (FilteredLogEvent line in log.ReadAsync(from, null, [mark], cancellationToken).ConfigureAwait(false))
            {
                if (MarkedNews.Of(line, mark) is { } news)
                {
                    return news;
                }
            }
        }
        catch (FanOutException e) when (e.ErrorId == "LogGroupNotFound")
        {
            // Where the role may make it, it is made with the first line.
        }

        return null;
    }
}
