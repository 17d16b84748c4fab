namespace FanOut.Local.Plans;

/// <summary>What the target takes or does not take as one: a record, or a message of several.</summary>
/// <param name="Bytes">Its size, as the target counts it.</param>
/// <param name="Payloads">What it is made of.</param>
internal sealed record PlannedItem(int Bytes, IReadOnlyList<PlannedPayload> Payloads);
