namespace FanOut.Aws.Protocols;

/// <summary>The error in a service's answer.</summary>
/// <param name="Code">The error's code, without namespace: <c>ResourceNotFoundException</c>.</param>
/// <param name="Message">The service's message.</param>
/// <param name="RequestId">The request's id, for AWS support.</param>
internal readonly record struct WireError(string Code, string Message, string RequestId);
