using System.Text.Json;

namespace FanOut.LocalCloud;

/// <summary>An error answer of a service.</summary>
/// <param name="code">The error's code, for example <c>ResourceNotFoundException</c>.</param>
/// <param name="message">The message for the caller.</param>
/// <param name="status">The HTTP status; 400 by default.</param>
public sealed class ServiceException(string code, string message, int status = 400) : Exception(message)
{
    /// <summary>The error's code.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>
    /// The older name of the error for services that moved from the Query protocol to JSON (the header <c>x-amzn-query-error</c>),
    /// for example <c>AWS.SimpleQueueService.NonExistentQueue</c>; null when it is the same as <see cref="Code"/>.
    /// </summary>
    public string? QueryCode { get; init; }

    /// <summary>Writes further members of the error answer, in the JSON protocols; null: none.</summary>
    internal Action<Utf8JsonWriter>? Details { get; init; }
}
