using System.Management.Automation;

namespace FanOut.Errors;

/// <summary>What went wrong, in words a user can act on; the exception of every error that the cmdlets write of their own.</summary>
public sealed class FanOutException : Exception
{
    internal FanOutException(string errorId, ErrorCategory category, object? target, string message, Exception? innerException = null)
        : base(message, innerException) => (ErrorId, Category, Target) = (errorId, category, target);

    /// <summary>The stable name of the error, first part of <c>FullyQualifiedErrorId</c>: <c>TargetNotFound</c>.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of error.</summary>
    public ErrorCategory Category { get; }

    /// <summary>What the user named: an id, a name, an ARN.</summary>
    public object? Target { get; }

    /// <summary>What to do about it; a sentence.</summary>
    /// <value><see langword="null"/> where the message says it all.</value>
    public string? Advice { get; init; }

    /// <summary>The id that AWS gave the request, for its support.</summary>
    /// <value><see langword="null"/> where no request was made.</value>
    public string? RequestId { get; init; }

    /// <summary>The code that AWS gave the error: <c>ResourceNotFoundException</c>.</summary>
    /// <value><see langword="null"/> where AWS gave none.</value>
    public string? AwsErrorCode { get; init; }

    /// <summary>Whether it concerns all that follows in the pipeline too, so that going on would only repeat it.</summary>
    internal bool IsTerminating { get; init; }
}
