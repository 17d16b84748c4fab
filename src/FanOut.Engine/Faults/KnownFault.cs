using FanOut.Engine.Batching;

namespace FanOut.Engine.Faults;

/// <summary>An error that a service documents, and what it means here.</summary>
/// <param name="Service">Who says it.</param>
/// <param name="Code">The error's code as it comes over the wire.</param>
/// <param name="Class">
/// What it means for what was sent: <see cref="FailureClass.Refused"/> and <see cref="FailureClass.Ambiguous"/> pass by themselves,
/// <see cref="FailureClass.PermanentItem"/> is some item's fault, <see cref="FailureClass.PermanentTarget"/> the target's.
/// </param>
/// <param name="Source">Where it is documented.</param>
public sealed record KnownFault(Service Service, string Code, FailureClass Class, string Source);
