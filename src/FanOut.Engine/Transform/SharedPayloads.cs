using FanOut.Engine.Events;

namespace FanOut.Engine.Transform;

/// <summary>The payloads of a group, made once for all mappings that want the same.</summary>
/// <param name="group">The records.</param>
internal sealed class SharedPayloads(RecordGroup group) : IDisposable
{
    private readonly Dictionary<PayloadOptions, Payloads> _made = [];

    /// <summary>The records.</summary>
    public RecordGroup Group => group;

    /// <summary>Whether somebody may still read: then the memory is left to the garbage collector.</summary>
    public bool Keep { get; set; }

    /// <summary>The payloads for some options.</summary>
    public Payloads Of(PayloadOptions options)
    {
        lock (_made)
        {
            if (!_made.TryGetValue(options, out Payloads? payloads))
            {
                _made.Add(options, payloads = MakePayloads.Of(group, options));
            }

            return payloads;
        }
    }

    public void Dispose()
    {
        if (Keep)
        {
            return;
        }

        foreach (Payloads payloads in _made.Values)
        {
            payloads.Dispose();
        }
    }
}
