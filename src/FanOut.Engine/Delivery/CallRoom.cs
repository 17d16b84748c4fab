namespace FanOut.Engine.Delivery;

/// <summary>The memory that calls of a target which are under way at the same time share: who wants more than is left waits in line.</summary>
/// <param name="most">How many bytes they may hold together. A call that holds more by itself is made alone.</param>
internal sealed class CallRoom(long most)
{
    private readonly Queue<(long Bytes, TaskCompletionSource Turn)> _waiting = [];
    private long _taken;

    /// <summary>Takes room for a call, as soon as there is enough.</summary>
    public Task EnterAsync(long bytes)
    {
        lock (_waiting)
        {
            if (_waiting.Count == 0 && Fits(bytes))
            {
                _taken += bytes;
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((bytes, turn));
            return turn.Task;
        }
    }

    /// <summary>Gives the room of a call back.</summary>
    public void Leave(long bytes)
    {
        lock (_waiting)
        {
            _taken -= bytes;
            while (_waiting.TryPeek(out (long Bytes, TaskCompletionSource Turn) next) && Fits(next.Bytes))
            {
                _waiting.Dequeue();
                _taken += next.Bytes;
                next.Turn.SetResult();
            }
        }
    }

    private bool Fits(long bytes) => _taken == 0 || _taken + bytes <= most;
}
