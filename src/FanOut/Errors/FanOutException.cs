using System.Management.Automation;

namespace FanOut.Errors;

/// <summary>An error that a cmdlet writes, with what to do about it.</summary>
public sealed class FanOutException : Exception
{
    internal FanOutException(string errorId, ErrorCategory category, object? target, string message, Exception? innerException = null)
        : base(message, innerException) => (ErrorId, Category, Target) = (errorId, category, target);

    /// <summary>The stable id of the error, the first part of <c>FullyQualifiedErrorId</c>: <c>TargetNotFound</c>.</summary>
    public string ErrorId { get; }

    /// <summary>PowerShell's category of the error.</summary>
    public ErrorCategory Category { get; }

    /// <summary>What the user named: an id, a name, an ARN.</summary>
    public object? Target { get; }

    /// <summary>What to do about it; a sentence.</summary>
    /// <value>Null if the message says everything.</value>
    public string? Advice { get; init; }

    /// <summary>The id that AWS gave the request; AWS's support asks for it.</summary>
    /// <value>Null if no request was made.</value>
    public string? RequestId { get; init; }

    /// <summary>The code that AWS gave the error: <c>ResourceNotFoundException</c>.</summary>
    /// <value>Null if AWS gave none.</value>
    public string? AwsErrorCode { get; init; }

    /// <summary>The parameters whose values cannot be used.</summary>
    /// <value>Empty if it is not about values, or they are not known.</value>
    internal IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Whether all other objects of the pipeline would fail with the same error, so that the cmdlet stops.</summary>
    internal bool IsTerminating { get; init; }
}
