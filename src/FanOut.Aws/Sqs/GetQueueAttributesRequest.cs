namespace FanOut.Aws.Sqs;

/// <summary>Asks for attributes of a queue.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html</remarks>
public sealed class GetQueueAttributesRequest
{
    /// <summary>The queue's URL.</summary>
    public required string QueueUrl { get; set; }

    /// <summary>The attributes' names: <c>QueueArn</c>, <c>MaximumMessageSize</c>, <c>All</c> … Null: none are returned.</summary>
    public List<string>? AttributeNames { get; set; }
}
