namespace FanOut.Engine.Targets;

/// <summary>A target reported success, but its answer does not fit the items that were sent: what it took is not known.</summary>
public sealed class UntrustworthyAnswerException(string message) : Exception(message)
{
    /// <summary>Checks that the answer has a result for each item that was sent.</summary>
    internal static void ThrowIfDifferent(string operation, int answered, int sent)
    {
        if (answered != sent)
        {
            throw new UntrustworthyAnswerException($"{operation} answered for {answered} items of {sent}.");
        }
    }

    /// <summary>Checks that the HTTP status is the one that the operation answers success with.</summary>
    internal static void ThrowIfNot(string operation, int status, int answered)
    {
        if (answered != status)
        {
            throw new UntrustworthyAnswerException($"{operation} answered with status {answered} instead of {status}.");
        }
    }

    /// <summary>Checks that as many items are named as failed as were counted.</summary>
    internal static void ThrowIfMiscounted(string operation, int counted, int told)
    {
        if (counted != told)
        {
            throw new UntrustworthyAnswerException($"{operation} counted {counted} failed items and named {told}.");
        }
    }
}
