using FanOut.Local.Events;
using FanOut.Local.Streams;

namespace FanOut.Local.Replays;

/// <summary>Replays a shard: while a page is sent, the next one is read.</summary>
/// <param name="source">Where the records are.</param>
/// <param name="deliver">Sends.</param>
/// <param name="request">What is to be replayed.</param>
/// <param name="state">How far it is.</param>
/// <param name="listener">Is told what is gone.</param>
internal sealed class ReplayShard(IReplaySource source, DeliverRecords deliver, ReplayRequest request, ReplayState state, IReplayListener listener)
{
    /// <summary>Replays it from where it is to its end.</summary>
    /// <exception cref="ShardStoppedException">A record was not delivered in the time that there is.</exception>
    public async Task RunAsync(string shardId, CancellationToken stop)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stop);
        IAsyncEnumerator<StreamPage> pages = source.ReadAsync(shardId, request, state.Of(shardId), reading.Token).GetAsyncEnumerator(reading.Token);
        Task<bool>? next = pages.MoveNextAsync().AsTask();
        try
        {
            while (next is not null && await next.ConfigureAwait(false))
            {
                StreamPage page = pages.Current;
                using IDisposable? memory = page.Memory;
                bool isOver = source.IsInOrderOfTime ? request.To.IsReachedBy(page) : page.IsLast;
                next = isOver ? null : pages.MoveNextAsync().AsTask();
                if (page.IsTrimmed)
                {
                    listener.Trimmed(shardId, state.Of(shardId).After ?? request.From.ToString(), page.Records[0].SequenceNumber);
                }

                await SendAsync(shardId, page, stop).ConfigureAwait(false);
            }

            state.Change(shardId, static s => s with { IsDone = true });
        }
        finally
        {
            await reading.CancelAsync().ConfigureAwait(false);
            await EndAsync(pages, next).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(string shardId, StreamPage page, CancellationToken stop)
    {
        IReadOnlyList<EventRecord> wanted = page.Records.All(request.To.Includes) ? page.Records : [.. page.Records.Where(request.To.Includes)];
        await deliver.SendAsync(shardId, wanted, stop).ConfigureAwait(false);
    }

    // An enumerator may be disposed of when it stands still; how its last move ended is of no interest then.
    private static async Task EndAsync(IAsyncEnumerator<StreamPage> pages, Task<bool>? next)
    {
        if (next is not null)
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await pages.DisposeAsync().ConfigureAwait(false);
    }
}
