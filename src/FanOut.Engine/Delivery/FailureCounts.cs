using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <summary>How many payloads failed, by class and code, with the first reason of each.</summary>
internal sealed class FailureCounts
{
    private readonly Dictionary<(FailureClass Class, string Code), (int Count, string Reason)> _counts = [];

    /// <summary>The counts.</summary>
    public IReadOnlyDictionary<(FailureClass Class, string Code), (int Count, string Reason)> All => _counts;

    /// <summary>How many failed in a class.</summary>
    public int Of(FailureClass kind) => _counts.Where(f => f.Key.Class == kind).Sum(static f => f.Value.Count);

    /// <summary>Counts payloads that failed for the same reason.</summary>
    public void Add(Failure failure, int count = 1)
    {
        (FailureClass, string) key = (failure.Class, failure.Code);
        _counts[key] = _counts.TryGetValue(key, out (int Count, string Reason) seen) ? (seen.Count + count, seen.Reason) : (count, failure.Reason);
    }
}
