namespace FanOut.Aws.Sqs;

/// <summary>Asks for a page of the region's queues.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html</remarks>
public sealed class ListQueuesRequest
{
    /// <summary>Only queues whose names begin so.</summary>
    public string? QueueNamePrefix { get; set; }

    /// <summary>How many queues a page may have, 1 to 1,000. Without it there is no next page: at most 1,000 queues, and no token.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListQueuesResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
