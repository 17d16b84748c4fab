using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>The event source mappings of a function.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function. Without an alias or version the event source mappings of all its aliases and versions are meant.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class EventSourceMappings(AwsSession session, FunctionDestination function, TimeProvider time)
{
    private AmazonLambdaClient Client => session.Client(AmazonLambdaClient.Service, static (c, s) => new AmazonLambdaClient(c, s));

    /// <summary>The function's event source mappings, of a source or of all.</summary>
    /// <remarks>
    /// All event source mappings of the region are read: asked for a function, Lambda leaves out those of its aliases; asked for a stream, those of
    /// the stream's consumers.
    /// </remarks>
    /// <param name="sourceArn">The source without a consumer; null: all sources.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<List<EventSourceMappingConfiguration>> ListAsync(string? sourceArn, CancellationToken cancellationToken)
    {
        List<EventSourceMappingConfiguration> found = [];
        string? marker = null;
        do
        {
            ListEventSourceMappingsResponse page = await Client.ListEventSourceMappingsAsync(
                new ListEventSourceMappingsRequest { Marker = marker, MaxItems = 100 }, cancellationToken).ConfigureAwait(false);
            found.AddRange((page.EventSourceMappings ?? []).Where(m => InvokedFunction.Is(m, function) && (sourceArn is null || EventSource.Of(m) == sourceArn)));
            marker = page.NextMarker;
        }
        while (marker is not null);
        return found;
    }

    /// <summary>An event source mapping as it is now.</summary>
    /// <returns>Null: it is gone.</returns>
    public async Task<EventSourceMappingConfiguration?> GetAsync(string uuid, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.GetEventSourceMappingAsync(new GetEventSourceMappingRequest { UUID = uuid }, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    /// <summary>Makes an event source mapping.</summary>
    public async Task<EventSourceMappingConfiguration> CreateAsync(CreateEventSourceMappingRequest request, CancellationToken cancellationToken) =>
        await Client.CreateEventSourceMappingAsync(request, cancellationToken).ConfigureAwait(false);

    /// <summary>Changes an event source mapping, as soon as the change before is done.</summary>
    /// <param name="request">The change.</param>
    /// <param name="patience">How long to wait for the change before.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<EventSourceMappingConfiguration> UpdateAsync(
        UpdateEventSourceMappingRequest request, TimeSpan patience, CancellationToken cancellationToken) =>
        WhenFreeAsync(
            async () => (EventSourceMappingConfiguration)await Client.UpdateEventSourceMappingAsync(request, cancellationToken).ConfigureAwait(false),
            patience,
            cancellationToken);

    /// <summary>
    /// Changes an event source mapping and waits until the change has taken effect: the function may answer which records failed only once that is
    /// asked for.
    /// </summary>
    /// <inheritdoc cref="UpdateAsync"/>
    public async Task<EventSourceMappingConfiguration> UpdateAndSettleAsync(
        UpdateEventSourceMappingRequest request, TimeSpan patience, CancellationToken cancellationToken)
    {
        EventSourceMappingConfiguration updated = await UpdateAsync(request, patience, cancellationToken).ConfigureAwait(false);
        string source = EventSource.Of(updated);
        return await Poll.LastAsync(
            Poll.UntilAsync(
                c => GetAsync(request.UUID, c),
                static m => m?.State is null or "Enabled" or "Disabled",
                patience,
                m => FanOutError.SourceNotReady(source, "updated", m?.State, m?.StateTransitionReason, patience),
                time,
                cancellationToken),
            cancellationToken).ConfigureAwait(false) ?? updated;
    }

    /// <summary>Deletes an event source mapping, as soon as the change before is done.</summary>
    /// <inheritdoc cref="UpdateAsync"/>
    public Task<EventSourceMappingConfiguration> DeleteAsync(string uuid, TimeSpan patience, CancellationToken cancellationToken) =>
        WhenFreeAsync(
            async () => (EventSourceMappingConfiguration)await Client.DeleteEventSourceMappingAsync(
                new DeleteEventSourceMappingRequest { UUID = uuid }, cancellationToken).ConfigureAwait(false),
            patience,
            cancellationToken);

    private async Task<T> WhenFreeAsync<T>(Func<Task<T>> change, TimeSpan patience, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await change().ConfigureAwait(false);
            }
            catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceInUseException" && time.GetElapsedTime(started) < patience)
            {
                await Task.Delay(Poll.Pace, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
