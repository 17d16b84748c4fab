using FanOut.Aws;

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

    /// <summary>Checks that the answer has any result; each item is then judged by the one that names it.</summary>
    internal static void ThrowIfNone(string operation, int answered, int sent)
    {
        if (answered == 0 && sent > 0)
        {
            throw new UntrustworthyAnswerException($"{operation} answered for none of {sent} items.");
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

    /// <summary>Checks that as many items are named as failed as were counted; those that are not confirmed may have been counted or not.</summary>
    internal static void ThrowIfMiscounted(string operation, int? counted, IReadOnlyList<BatchResultErrorEntry> failed)
    {
        int told = 0;
        for (int i = 0; i < failed.Count; i++)
        {
            told += failed[i].ErrorCode == BatchResultErrorEntry.UnconfirmedCode ? 0 : 1;
        }

        if (counted < told || counted > failed.Count)
        {
            throw new UntrustworthyAnswerException($"{operation} counted {counted} failed items and named {told}.");
        }
    }
}
