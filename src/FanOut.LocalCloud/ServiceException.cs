using System.Text.Json;

namespace FanOut.LocalCloud;

/// <summary>An answer that is an error, in the service's own words.</summary>
/// <param name="code">The error's name on the wire, for example <c>ResourceNotFoundException</c>.</param>
/// <param name="message">The message for the caller.</param>
/// <param name="status">The HTTP status; 400 by default.</param>
public sealed class ServiceException(string code, string message, int status = 400) : Exception(message)
{
    /// <summary>The error's name on the wire.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>
    /// The older name of the error for services that moved from the Query protocol to JSON (the header <c>x-amzn-query-error</c>),
    /// for example <c>AWS.SimpleQueueService.NonExistentQueue</c>; null when it is the same as <see cref="Code"/>.
    /// </summary>
    public string? QueryCode { get; init; }

    /// <summary>Writes what an error's answer holds beside its name and message, in the JSON protocols; null for nothing.</summary>
    internal Action<Utf8JsonWriter>? Details { get; init; }
}
