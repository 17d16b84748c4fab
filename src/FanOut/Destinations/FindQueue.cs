using System.Globalization;
using FanOut.Aws.Sqs;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds an SQS queue by its name.</summary>
internal static class FindQueue
{
    private const string MaximumMessageSize = "MaximumMessageSize";

    /// <summary>The queue's URL, and its size limit if the user may read that.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        AmazonSQSClient sqs = session.Client(AmazonSQSClient.Service, (c, s) => new AmazonSQSClient(c, s));
        try
        {
            GetQueueUrlResponse queue = await sqs.GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = name }, cancellationToken).ConfigureAwait(false);
            string url = queue.QueueUrl!;
            return new FoundDestination(url, await LimitAsync(sqs, url, cancellationToken).ConfigureAwait(false));
        }
        catch (AmazonSQSException e) when (e.ErrorCode is "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue")
        {
            throw FanOutError.DestinationNotFound("SQS queue", name, session.Region, session.Identity, "Give the queue's URL or ARN to register it without a look-up.", e);
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
