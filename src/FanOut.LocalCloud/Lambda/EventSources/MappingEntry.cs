namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>A mapping as the API knows it.</summary>
internal sealed class MappingEntry(string id, string arn, string eventSourceArn, EventSourceMapping mapping)
{
    private Task _transition = Task.CompletedTask;

    public string Id { get; } = id;

    public string Arn { get; } = arn;

    /// <summary>The source as it was given: a stream, or a consumer of one.</summary>
    public string EventSourceArn { get; } = eventSourceArn;

    public EventSourceMapping Mapping { get; } = mapping;

    /// <summary>The on-failure destination's ARN; null where there is none.</summary>
    public string? Destination { get; set; }

    public required DateTimeOffset LastModified { get; set; }

    /// <summary>Starts to change the mapping and does not wait: callers of the API see the state on its way.</summary>
    /// <exception cref="ServiceException">ResourceInUseException: the last change is not done.</exception>
    public void Change(Func<Task> change)
    {
        lock (Mapping)
        {
            // Not by the task alone: it ends a little after the state that callers wait for is to be seen.
            if (!_transition.IsCompleted && Mapping.State is not (EventSourceMappingState.Enabled or EventSourceMappingState.Disabled))
            {
                throw new ServiceException(
                    "ResourceInUseException", $"The event source mapping {Id} is {Mapping.State}; wait until that is done.");
            }

            _transition = _transition.IsCompleted ? change() : AfterAsync(_transition, change);
        }
    }

    private async Task AfterAsync(Task last, Func<Task> change)
    {
        await last.ConfigureAwait(false);
        if (Mapping.State != EventSourceMappingState.Deleting)
        {
            await change().ConfigureAwait(false);
        }
    }
}
