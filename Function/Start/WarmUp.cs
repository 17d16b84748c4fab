using FanOut.Engine;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;
using FanOut.Engine.Progress;

namespace FanOut.Dispatch.Start;

/// <summary>
/// Does before the first event what would make the first batch slow: while a function starts it has a whole processor, whatever its memory, and afterwards a
/// fourteenth of one at 128 MB.
/// </summary>
/// <remarks>
/// What can go wrong here goes wrong again with the first batch, which tells it. So nothing of it fails the start; without a network it ends in time.
/// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html, "Init phase".
/// </remarks>
/// <param name="sources">Which sources the function had records of before.</param>
/// <param name="mappings">The mappings; what is read here is kept for the first batch.</param>
/// <param name="targets">The targets, with their connections.</param>
/// <param name="rehearse">Handles a sample for such mappings.</param>
/// <param name="log">Says what went wrong, for who looks for it.</param>
/// <param name="time">The clock.</param>
internal sealed class WarmUp(
    KnownSources sources, IMappingSource mappings, TargetFactory targets, Func<IReadOnlyCollection<Mapping>, CancellationToken, Task> rehearse, JsonLog log, TimeProvider time)
{
    /// <summary>How long it may take: a second.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    // The rest is for the sample, which needs no network.
    private static readonly TimeSpan LongestForNetwork = TimeSpan.FromMilliseconds(750);

    /// <summary>Does it; never throws, and ends in time.</summary>
    public async Task RunAsync()
    {
        using var patience = new CancellationTokenSource(Longest, time);
        using var network = new CancellationTokenSource(LongestForNetwork, time);
        List<Mapping> active = [];

        // On another thread: what does not heed the token must not keep this one.
        await InTimeAsync("connect", () => ConnectAsync(active, network.Token), network.Token).ConfigureAwait(false);
        List<Mapping> known;
        lock (active)
        {
            known = [.. active];
        }

        await InTimeAsync("rehearse", () => rehearse(known, patience.Token), patience.Token).ConfigureAwait(false);
    }

    private async Task ConnectAsync(List<Mapping> active, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> known = await sources.ReadAsync(cancellationToken).ConfigureAwait(false);
        MappingSet[] sets = await Task.WhenAll(known.Select(s => mappings.ReadAsync(s, cancellationToken))).ConfigureAwait(false);
        lock (active)
        {
            active.AddRange(sets.SelectMany(static s => s.Mappings).Where(static m => m.Active));
        }

        await targets.OpenAsync(active, cancellationToken).ConfigureAwait(false);
    }

    private async Task InTimeAsync(string step, Func<Task> run, CancellationToken cancellationToken)
    {
        Task running = Task.Run(run, cancellationToken);
        try
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.Write(LogLevel.Debug, "not prepared", json =>
            {
                json.WriteString("step"u8, step);
                json.WriteString("error"u8, e.GetType().Name);
                json.WriteString("reason"u8, Aws.OutsideText.Cut(e.Message));
            });
        }
    }
}
