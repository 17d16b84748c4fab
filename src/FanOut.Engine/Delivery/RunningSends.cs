namespace FanOut.Engine.Delivery;

/// <summary>The sends of a target that have begun and not ended, among them those that were given up.</summary>
internal sealed class RunningSends
{
    private readonly List<Task> _sends = [];

    /// <summary>Whether there is one.</summary>
    public bool Any
    {
        get
        {
            lock (_sends)
            {
                return _sends.Exists(static s => !s.IsCompleted);
            }
        }
    }

    /// <summary>Remembers a send until it has ended.</summary>
    public void Add(Task send)
    {
        if (send.IsCompleted)
        {
            return;
        }

        lock (_sends)
        {
            _sends.RemoveAll(static s => s.IsCompleted);
            _sends.Add(send);
        }
    }
}
