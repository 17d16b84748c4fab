using FanOut.Engine.Batching;

namespace FanOut.Engine.Targets;

/// <summary>What became of the items of a block: all that it does not name were taken.</summary>
/// <param name="Items">The items that were not taken.</param>
public readonly record struct Receipt(IReadOnlyList<ItemFailure> Items)
{
    /// <summary>Everything was taken.</summary>
    public static Receipt AllTaken { get; } = new([]);
}
