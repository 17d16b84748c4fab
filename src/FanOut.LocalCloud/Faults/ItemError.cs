namespace FanOut.LocalCloud.Faults;

/// <summary>Why a fault answers one item of a batch call as failed.</summary>
/// <param name="Code">The error's name on the wire.</param>
/// <param name="Message">The error's message.</param>
/// <param name="Status">The status for services that have one per item (OpenSearch).</param>
/// <param name="SenderFault">Whether the item itself is to blame, so that a retry is useless.</param>
/// <param name="Taken">Whether the service should take the item all the same (<see cref="FaultMoment.After"/>).</param>
public sealed record ItemError(string Code, string Message, int Status, bool SenderFault, bool Taken);
