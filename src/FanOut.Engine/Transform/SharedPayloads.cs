using FanOut.Engine.Events;
using FanOut.Engine.Filtering;

namespace FanOut.Engine.Transform;

/// <summary>The payloads of a group, made once for all mappings that want the same.</summary>
/// <param name="group">The records.</param>
internal sealed class SharedPayloads(RecordGroup group) : IDisposable
{
    private readonly Dictionary<PayloadOptions, Payloads> _payloads = [];
    private readonly Dictionary<(RecordFilter, PayloadOptions), bool[]> _verdicts = [];
    private readonly Dictionary<(RecordFilter, PayloadOptions), Payloads> _filtered = [];

    /// <summary>The records.</summary>
    public RecordGroup Group => group;

    /// <summary>Whether a send that was given up may still read the payloads: then their memory is left to the garbage collector.</summary>
    public bool IsStillRead { get; set; }

    /// <summary>The payloads for some options.</summary>
    /// <param name="options">How they look.</param>
    /// <param name="filter">Which of them are sent; null: all.</param>
    public Payloads Of(PayloadOptions options, RecordFilter? filter = null)
    {
        lock (_payloads)
        {
            return filter is null ? GetOrMake(options) : Filter(options, filter);
        }
    }

    public void Dispose()
    {
        if (IsStillRead)
        {
            return;
        }

        foreach (Payloads payloads in _payloads.Values)
        {
            payloads.Dispose();
        }
    }

    private Payloads GetOrMake(PayloadOptions options)
    {
        if (!_payloads.TryGetValue(options, out Payloads? payloads))
        {
            _payloads.Add(options, payloads = MakePayloads.Of(group, options));
        }

        return payloads;
    }

    private Payloads Filter(PayloadOptions options, RecordFilter filter)
    {
        if (_filtered.TryGetValue((filter, options), out Payloads? filtered))
        {
            return filtered;
        }

        PayloadOptions seenAs = FilterPayloads.SeenAs(options, group.Kind);
        Payloads seen = GetOrMake(seenAs);
        if (!_verdicts.TryGetValue((filter, seenAs), out bool[]? verdicts))
        {
            _verdicts.Add((filter, seenAs), verdicts = FilterPayloads.Judge(seen, filter));
        }

        _filtered.Add((filter, options), filtered = FilterPayloads.Of(GetOrMake(options), seen, verdicts));
        return filtered;
    }
}
