using FanOut.Engine.Batching;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>Sends items to one destination. Start here to add a type of target; <c>TargetFactory</c> makes them.</summary>
public interface ITarget : IAsyncDisposable
{
    /// <summary>What one call may hold.</summary>
    Limits Limits { get; }

    /// <summary>The form in which the target wants a record's data.</summary>
    PayloadForm Form { get; }

    /// <summary>Makes items of payloads.</summary>
    IItemCutter Cutter { get; }

    /// <summary>Whether blocks must be sent one after the other, whatever the mapping says. Default: false.</summary>
    bool IsOrdered => false;

    /// <summary>What happens to the order of a call's items if only some of them are taken. It matters only if order is kept.</summary>
    CallOrder CallOrder => CallOrder.ByKey;

    /// <summary>Sends one block and says what became of its items.</summary>
    /// <remarks>
    /// Items that the receipt names as refused are sent again, rejected ones never; all others were taken. An exception means that
    /// it is not known whether any was taken.
    /// </remarks>
    Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken);
}
