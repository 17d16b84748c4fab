using System.Collections.Concurrent;

namespace FanOut.Aws.Signing;

/// <summary>The heads of requests to one destination each, which are made once. Thread-safe.</summary>
/// <param name="make">Makes the head of a destination.</param>
internal sealed class KeptHeads(Func<string, string?, RequestHead> make)
{
    // There are as many destinations as mappings have for one client: a few. Should there ever be very many, they must not fill the memory.
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<string, RequestHead> _heads = new(StringComparer.Ordinal);

    /// <summary>The head of requests to a destination.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="part">The name of a part of it, such as a function's alias; null: none.</param>
    public RequestHead For(string name, string? part = null)
    {
        string key = part is null ? name : $"{name}\0{part}";
        if (_heads.TryGetValue(key, out RequestHead? head))
        {
            return head;
        }

        if (_heads.Count >= Most)
        {
            _heads.Clear();
        }

        return _heads[key] = make(name, part);
    }
}
