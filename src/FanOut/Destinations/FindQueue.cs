using System.Globalization;
using FanOut.Aws.Sqs;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds an SQS queue by its name.</summary>
internal static class FindQueue
{
    private const string MaximumMessageSize = "MaximumMessageSize";

    /// <summary>The queue's URL, and its size limit if the user may read that.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        string url = await UrlAsync(session, name, "Give the queue's URL or ARN to register it without a look-up.", cancellationToken).ConfigureAwait(false);
        return new FoundDestination(url, await LimitAsync(Client(session), url, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether a text can be nothing but a name.</summary>
    public static bool IsName(string text) => text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>The queue's ARN. Its account is that of the URL that SQS tells.</summary>
    public static async Task<string> ArnByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        string url = await UrlAsync(session, name, "Give the ARN of a queue, a topic or a bucket.", cancellationToken).ConfigureAwait(false);
        return QueueDestination.TryParse(url, out QueueDestination? queue, out _) && queue.Account is { } account
            ? $"arn:{Partition.OfRegion(session.Region).Id}:sqs:{session.Region}:{account}:{name}"
            : throw FanOutError.DestinationNotFound("SQS queue", name, session.Region, session.Identity, $"Its URL, {url}, does not name its account: give its ARN.");
    }

    private static AmazonSQSClient Client(AwsSession session) => session.Client(AmazonSQSClient.Service, static (c, s) => new AmazonSQSClient(c, s));

    /// <summary>The queue's URL.</summary>
    /// <exception cref="FanOutException">DestinationNotFound.</exception>
    public static async Task<string> UrlAsync(AwsSession session, string name, string advice, CancellationToken cancellationToken)
    {
        try
        {
            GetQueueUrlResponse queue = await Client(session).GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = name }, cancellationToken).ConfigureAwait(false);
            return queue.QueueUrl!;
        }
        catch (AmazonSQSException e) when (e.ErrorCode is "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue")
        {
            throw FanOutError.DestinationNotFound("SQS queue", name, session.Region, session.Identity, advice, e);
        }
    }

    // Old queues still accept only 262,144 bytes. A user who may not read the limit registers the queue with the safe default.
    private static async Task<int?> LimitAsync(AmazonSQSClient sqs, string url, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = [MaximumMessageSize] };
            GetQueueAttributesResponse response = await sqs.GetQueueAttributesAsync(request, cancellationToken).ConfigureAwait(false);
            return int.TryParse(response.Attributes?.GetValueOrDefault(MaximumMessageSize), NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) ? bytes : null;
        }
        catch (AmazonSQSException e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden || e.ErrorCode.Contains("AccessDenied", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
