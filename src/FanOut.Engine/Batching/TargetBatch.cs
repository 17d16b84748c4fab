using FanOut.Engine.Events;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Batching;

/// <summary>What is to be sent to one target: payloads cut into items, items cut into blocks.</summary>
/// <param name="payloads">The payloads of the records.</param>
/// <param name="settled">What need not be sent, because an invocation before this one has settled it; null: nothing.</param>
public sealed class TargetBatch(Payloads payloads, SettledRecords? settled = null)
{
    private readonly List<int> _selected = new(payloads.All.Count);
    private readonly List<(int Payload, Failure Failure)> _failed = [];

    /// <summary>Makes the batch of a target.</summary>
    /// <param name="payloads">The payloads of the records.</param>
    /// <param name="cutter">How the target's items are made of payloads.</param>
    /// <param name="settled">What need not be sent; null: all must.</param>
    public static TargetBatch Of(Payloads payloads, IItemCutter cutter, SettledRecords? settled = null)
    {
        ArgumentNullException.ThrowIfNull(cutter);
        var batch = new TargetBatch(payloads, settled);
        cutter.Cut(payloads, batch);
        return batch;
    }

    /// <summary>The payloads that the batch is made of.</summary>
    public Payloads Payloads { get; } = payloads;

    /// <summary>The items, in order.</summary>
    public List<Item> Items { get; } = [];

    /// <summary>What need not be sent, because an invocation before this one has settled it; null: nothing.</summary>
    public SettledRecords? Settled => settled;

    /// <summary>How many payloads will be sent.</summary>
    public int Count => _selected.Count;

    /// <summary>Payloads that cannot be sent to this target, by their position in <see cref="Payloads"/>.</summary>
    public IReadOnlyList<(int Payload, Failure Failure)> Failed => _failed;

    /// <summary>A payload of the batch.</summary>
    /// <param name="index">Its position among those that will be sent.</param>
    public Payload this[int index] => Payloads.Items[_selected[index]];

    /// <summary>The record that a payload was made of.</summary>
    public StreamRecord RecordOf(in Payload payload) => Payloads.Group.Records[payload.Record];

    /// <summary>Whether a record is still to be sent.</summary>
    internal bool Wants(int record) => settled?.Has(record) != true;

    /// <summary>Whether a payload is still to be sent.</summary>
    internal bool Wants(in Payload payload) => settled is null || !(payload.IsSubRecord ? settled.Has(payload.Record, payload.SubSequence) : settled.Has(payload.Record));

    /// <summary>The position in <see cref="Payloads"/> of a payload of the batch.</summary>
    /// <param name="index">Its position among those that will be sent.</param>
    internal int PositionOf(int index) => _selected[index];

    internal void Select(int payload) => _selected.Add(payload);

    internal void Fail(int payload, Failure failure) => _failed.Add((payload, failure));
}
