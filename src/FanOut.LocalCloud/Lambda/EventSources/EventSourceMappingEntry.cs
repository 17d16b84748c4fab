namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>An event source mapping as a resource of the API.</summary>
internal sealed class EventSourceMappingEntry(string id, string arn, string eventSourceArn, EventSourceMapping eventSourceMapping)
{
    private readonly object _gate = new();
    private EventSourceMappingState? _transition;

    public string Id { get; } = id;

    public string Arn { get; } = arn;

    /// <summary>The source as it was given: a stream, or a consumer of one.</summary>
    public string EventSourceArn { get; } = eventSourceArn;

    public EventSourceMapping EventSourceMapping { get; } = eventSourceMapping;

    /// <summary>The on-failure destination's ARN; null: none.</summary>
    public string? Destination { get; set; }

    public required DateTimeOffset LastModified { get; set; }

    /// <summary>The state that the API shows: that of a change in progress, else that of the event source mapping.</summary>
    public EventSourceMappingState State
    {
        get { lock (_gate) { return _transition ?? EventSourceMapping.State; } }
    }

    /// <summary>Starts a change and does not wait for it: the API shows the state of a change in progress.</summary>
    /// <param name="meanwhile">The state until the change is done.</param>
    /// <param name="duration">Completes when the change begins.</param>
    /// <param name="change">The change.</param>
    /// <exception cref="ServiceException">ResourceInUseException: the last change is not done.</exception>
    public void Change(EventSourceMappingState meanwhile, Func<Task> duration, Func<Task> change)
    {
        lock (_gate)
        {
            if (_transition is not null)
            {
                var verb = meanwhile == EventSourceMappingState.Deleting ? "delete" : "update";
                throw new ServiceException("ResourceInUseException", $"Cannot {verb} the event source mapping because it is in use.");
            }

            _transition = meanwhile;
        }

        _ = ChangeAsync(duration, change);
    }

    private async Task ChangeAsync(Func<Task> duration, Func<Task> change)
    {
        await duration().ConfigureAwait(false);

        // The cloud may have stopped meanwhile.
        if (EventSourceMapping.State != EventSourceMappingState.Deleting)
        {
            await change().ConfigureAwait(false);
        }

        lock (_gate)
        {
            _transition = null;
        }
    }
}
