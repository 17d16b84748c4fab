namespace FanOut.LocalCloud.Faults;

/// <summary>The error with which a fault answers one item of a batch call.</summary>
/// <param name="Code">The error's code.</param>
/// <param name="Message">The error's message.</param>
/// <param name="Status">The status for services that have one per item (OpenSearch).</param>
/// <param name="SenderFault">Whether the item itself is to blame, so that a retry is useless.</param>
/// <param name="Taken">Whether the service accepts the item although it answers an error (<see cref="FaultMoment.After"/>).</param>
public sealed record ItemError(string Code, string Message, int Status, bool SenderFault, bool Taken);
