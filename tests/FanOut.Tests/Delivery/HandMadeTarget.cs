using System.Collections.Concurrent;
using System.Text;
using FanOut.Engine.Batching;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Delivery;

/// <summary>A target that answers what a test says, and remembers what it was sent.</summary>
internal sealed class HandMadeTarget(Func<string[], int, CancellationToken, Task<Receipt>> answer, int itemsPerCall = 4) : ITarget
{
    private int _calls;

    public HandMadeTarget(Func<string[], int, Receipt> answer, int itemsPerCall = 4)
        : this((items, call, _) => Task.FromResult(answer(items, call)), itemsPerCall)
    {
    }

    /// <summary>The data of each call's items, joined by commas; that of an item's records by plus signs.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    public Limits Limits { get; } = new(itemsPerCall, 1_000, 100_000);

    public PayloadForm Form => PayloadForm.Bytes;

    public CallOrder CallOrder { get; init; } = CallOrder.ByKey;

    /// <summary>How items are made; default: one of each record.</summary>
    public IItemCutter Cutter
    {
        get => field ?? new SingleItems(Measure, Limits);
        init;
    }

    public Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        string[] data = [.. items.ToArray().Select(item => string.Join('+', Enumerable.Range(item.First, item.Count).Select(i => Encoding.UTF8.GetString(batch[i].Data.Content.Span))))];
        Calls.Enqueue(string.Join(',', data));
        return answer(data, Interlocked.Increment(ref _calls) - 1, cancellationToken);
    }

    public ValueTask DisposeAsync() => default;

    private static int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
    {
        failure = null;
        return payload.Data.Length;
    }
}
