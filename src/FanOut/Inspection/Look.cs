using Amazon.Runtime;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Inspection;

/// <summary>Looks at things in AWS that may be absent, or not shown to the caller.</summary>
internal static class Look
{
    // What services say besides the codes that the catalogue of errors knows.
    private static readonly string[] Absent = ["NoSuchBucket", "ResourceNotFound", "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "NotFoundException", "StateMachineDoesNotExist"];

    /// <summary>Looks.</summary>
    /// <param name="session">Who looks.</param>
    /// <param name="look">The call.</param>
    public static async Task<Seen<T>> AtAsync<T>(AwsSession session, Func<Task<T?>> look)
        where T : class
    {
        try
        {
            return await look().ConfigureAwait(false) is { } value ? new Seen<T>(value, null) : Missing<T>("It does not exist.", null);
        }
        catch (AmazonServiceException e) when (Absent.Contains(e.ErrorCode))
        {
            return Missing<T>(e.Message, e);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException
            || e is FanOutException { IsTerminating: false })
        {
            FanOutException error = FanOutError.Of(e, null, session.Identity);
            return error.IsTerminating ? throw error : new Seen<T>(null, error);
        }
    }

    private static Seen<T> Missing<T>(string message, Exception? cause)
        where T : class => new(null, new FanOutException("ResourceNotFound", System.Management.Automation.ErrorCategory.ObjectNotFound, null, FanOutError.Sentence(message), cause));
}
