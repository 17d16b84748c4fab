using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>Removes the function's event source mappings, so that Lambda calls the function for no stream any more.</summary>
internal static class RemoveEventSourceMappings
{
    /// <summary>Makes the plan; only reads. The last change waits until all event source mappings are gone.</summary>
    public static async Task<IReadOnlyList<Change>> PlanAsync(
        AwsSession session, RemovalSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var all = new EventSourceMappings(session, settings.Function, time);
        List<EventSourceMappingConfiguration> found = await all.ListAsync(null, cancellationToken).ConfigureAwait(false);
        return [.. found.Select((eventSourceMapping, i) => new Change(
            $"source {EventSource.Of(eventSourceMapping)}, event source mapping {eventSourceMapping.UUID}",
            eventSourceMapping.State == "Deleting" ? "Wait until it is deleted" : "Delete", async c =>
            {
                if (eventSourceMapping.State != "Deleting")
                {
                    await all.DeleteAsync(eventSourceMapping.UUID!, settings.Patience, c).ConfigureAwait(false);
                }

                foreach (EventSourceMappingConfiguration gone in i == found.Count - 1 ? found : [])
                {
                    await GoneAsync(all, gone, settings.Patience, time, c).ConfigureAwait(false);
                }
            }))];
    }

    private static Task<EventSourceMappingConfiguration?> GoneAsync(
        EventSourceMappings all, EventSourceMappingConfiguration eventSourceMapping,
        TimeSpan patience, TimeProvider time, CancellationToken cancellationToken) => Poll.LastAsync(
        Poll.UntilAsync(
            c => all.GetAsync(eventSourceMapping.UUID!, c),
            static m => m is null,
            patience,
            m => FanOutError.SourceNotReady(EventSource.Of(eventSourceMapping), "gone", m?.State, m?.StateTransitionReason, patience),
            time,
            cancellationToken),
        cancellationToken);
}
