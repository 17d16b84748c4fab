namespace FanOut.Local.Plans;

/// <summary>A call that would be made.</summary>
/// <param name="Request">Its request; null: the target is a cache, whose entries are in the items.</param>
/// <param name="Items">What it holds.</param>
internal sealed record PlannedCall(WrittenRequest? Request, IReadOnlyList<PlannedItem> Items);
