namespace FanOut.Aws.Kinesis;

/// <summary>Asks for the policy of a stream.</summary>
/// <remarks>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetResourcePolicy.html</remarks>
public sealed class GetResourcePolicyRequest
{
    /// <summary>The ARN of the stream.</summary>
    public required string ResourceARN { get; set; }
}
