namespace FanOut.Aws.Sqs;

/// <summary>Asks for the URL of a queue.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html</remarks>
public sealed class GetQueueUrlRequest
{
    /// <summary>The queue's name.</summary>
    public required string QueueName { get; set; }

    /// <summary>The account that owns it. Default: the caller's.</summary>
    public string? QueueOwnerAWSAccountId { get; set; }
}
