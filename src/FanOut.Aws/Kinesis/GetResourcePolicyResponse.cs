using Amazon.Runtime;

namespace FanOut.Aws.Kinesis;

/// <summary>The policy of a stream.</summary>
public sealed class GetResourcePolicyResponse : AmazonWebServiceResponse
{
    /// <summary>The document; <c>{}</c> or nothing: there is none.</summary>
    public string? Policy { get; set; }
}
