using FanOut.Errors;

namespace FanOut.Inspection;

/// <summary>What a look at AWS showed.</summary>
/// <param name="Value">What was seen; null: nothing, and the error says why.</param>
/// <param name="Error">Why nothing was seen; null: something was.</param>
internal sealed record Seen<T>(T? Value, FanOutException? Error)
    where T : class
{
    /// <summary>Whether it is not there, as far as the service says.</summary>
    public bool IsMissing => Error is { ErrorId: "ResourceNotFound" or "FunctionNotFound" };

    /// <summary>That it could not be looked at, and which permission that takes.</summary>
    /// <param name="check">What was looked at.</param>
    /// <param name="what">What could not be found out: "Whether the queue is there".</param>
    /// <param name="permissions">The permission: "sqs:GetQueueAttributes".</param>
    public Finding NotSeen(string check, string what, string permissions) => Finding.Skipped(
        check,
        $"{what} could not be found out: {Error!.Message}",
        $"You need {permissions}. {Error.Advice}".TrimEnd());
}
