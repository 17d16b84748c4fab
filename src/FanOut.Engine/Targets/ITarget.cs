using FanOut.Engine.Batching;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>A place that records are sent to.</summary>
public interface ITarget : IAsyncDisposable
{
    /// <summary>What one call may hold.</summary>
    Limits Limits { get; }

    /// <summary>In which form the target wants data.</summary>
    PayloadForm Form { get; }

    /// <summary>How payloads become items.</summary>
    IItemCutter Cutter { get; }

    /// <summary>Whether blocks must be sent one after the other whatever the mapping says.</summary>
    bool IsOrdered => false;

    /// <summary>What the order of a call's items is worth when not all are taken. Asked only where order is kept.</summary>
    CallOrder CallOrder => CallOrder.ByKey;

    /// <summary>Sends one block and says what became of its items.</summary>
    /// <remarks>
    /// Items that the receipt names as refused are sent again, rejected ones never; all others were taken. An exception means that
    /// nothing is known to be taken.
    /// </remarks>
    Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken);
}
