using Amazon.Runtime;
using FanOut.Aws.CloudWatchLogs;
using FanOut.Credentials;
using FanOut.Errors;
using FanOut.Operations;

namespace FanOut.Sources;

/// <summary>Finds in a function's log which targets did not take the last records of a source, for sources whose last batch failed.</summary>
/// <remarks>
/// It is asked only of sources that fail, and only for lines that name the source and failures: mostly one call, which costs nothing. Whoever may not
/// read the log, or gets no answer in time, is told the command instead.
/// </remarks>
/// <param name="session">Who reads, in the function's region.</param>
/// <param name="group">The log group.</param>
/// <param name="function">The function's name.</param>
/// <param name="time">The clock.</param>
internal sealed class FailedTargets(AwsSession session, string group, string function, TimeProvider time)
{
    // Where many sources fail, the reason is rather one of them all.
    private const int MostSources = 5, MostLines = 1_000;

    // Lambda tries a batch that failed again within a few minutes; an older failure need not be the last batch's.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    // How long the answers may take all together: the other properties of a source must not wait longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly LogReader _log = new(session, group, function);
    private readonly ReadLogLine _lines = new(function, session.Region);

    /// <summary>The targets, by source, each with its latest reason; of a source that is not among them nothing was found.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<FailedTarget>>> ReadAsync(IEnumerable<string> sources, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyList<FailedTarget>> found = [];
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            foreach (string source in sources.Distinct().Take(MostSources))
            {
                found[source] = await ReadAsync(source, either.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or FanOutException or HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What was found by then is told.
        }

        return found;
    }

    private async Task<IReadOnlyList<FailedTarget>> ReadAsync(string source, CancellationToken cancellationToken)
    {
        Dictionary<string, FailedTarget> targets = [];
        int read = 0;
        await foreach (FilteredLogEvent line in _log.ReadAsync(time.GetUtcNow() - Window, null, [source, "failures"], cancellationToken).ConfigureAwait(false))
        {
            // Oldest first: what comes later counts. The first reason of a line is the one of most records.
            foreach (FanOutLogEntry entry in _lines.Of(line).Where(e => e is { Level: "error", Id: not null, Reason: not null } && e.SourceArn == source).DistinctBy(static e => e.Id))
            {
                targets[entry.Id!] = new FailedTarget(entry.Id!, entry.Code is { Length: > 0 } code ? $"{code}: {entry.Reason}" : entry.Reason!);
            }

            if (++read == MostLines)
            {
                break;
            }
        }

        return [.. targets.Values.OrderBy(static t => t.Id, StringComparer.Ordinal)];
    }
}
