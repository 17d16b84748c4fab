using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Delivery;

/// <summary>Reads mappings again while there is time, where the reason for which they cannot be read may pass; when time is up, that reason is the error.</summary>
/// <remarks>A batch that fails at once comes again at once, and each time uses up one of the event source mapping's retries.</remarks>
/// <param name="source">Where the mappings come from.</param>
/// <param name="time">The clock of back-off.</param>
/// <param name="random">The jitter of back-off; thread-safe or not, it is locked.</param>
public sealed class PatientMappingSource(IMappingSource source, TimeProvider time, Random random) : IMappingSource
{
    /// <inheritdoc/>
    public string Table => source.Table;

    /// <inheritdoc/>
    public async Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken)
    {
        MappingsUnavailableException? last = null;
        for (int again = 0; ; again++)
        {
            try
            {
                return await source.ReadAsync(sourceArn, cancellationToken).ConfigureAwait(false);
            }
            catch (MappingsUnavailableException e) when (MayPass(e))
            {
                last = e;
            }
            catch (OperationCanceledException) when (last is not null)
            {
                throw last;
            }

            await Task.Delay(Backoff.Of(again, Chance()), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                throw last;
            }
        }
    }

    /// <inheritdoc/>
    public Task<MappingSet> ReadNowAsync(string sourceArn, CancellationToken cancellationToken) => source.ReadNowAsync(sourceArn, cancellationToken);

    /// <inheritdoc/>
    public void Invalidate(string sourceArn) => source.Invalidate(sourceArn);

    private static bool MayPass(MappingsUnavailableException e) => Classify.Of(e.InnerException!).Class is FailureClass.Refused or FailureClass.Ambiguous;

    private double Chance()
    {
        lock (random)
        {
            return random.NextDouble();
        }
    }
}
