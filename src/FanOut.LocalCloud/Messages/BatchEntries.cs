using System.Globalization;

namespace FanOut.LocalCloud.Messages;

/// <summary>The checks of SQS and SNS for a batch as a whole.</summary>
internal static class BatchEntries
{
    private const int MostEntries = 10;

    /// <exception cref="ServiceException">The batch is empty or too long, or its ids are not valid.</exception>
    public static void Check(IReadOnlyList<string> ids, int bytes, int mostBytes, string queryPrefix)
    {
        if (ids.Count == 0)
        {
            throw Error("EmptyBatchRequest", "There should be at least one SendMessageBatchRequestEntry in the request.", queryPrefix);
        }

        if (ids.Count > MostEntries)
        {
            throw Error("TooManyEntriesInBatchRequest", $"Maximum number of entries per request are {MostEntries}. You have sent {ids.Count}.", queryPrefix);
        }

        if (ids.FirstOrDefault(id => !MessageText.IsEntryId(id)) is not null)
        {
            throw Error("InvalidBatchEntryId", "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.", queryPrefix);
        }

        if (ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Error("BatchEntryIdsNotDistinct", $"Id {twice.Key} repeated.", queryPrefix);
        }

        if (bytes > mostBytes)
        {
            throw Error("BatchRequestTooLong", string.Create(CultureInfo.InvariantCulture, $"Batch requests cannot be longer than {mostBytes} bytes. You have sent {bytes} bytes."), queryPrefix);
        }
    }

    private static ServiceException Error(string code, string message, string queryPrefix) => new(code, message) { QueryCode = queryPrefix + code };
}
