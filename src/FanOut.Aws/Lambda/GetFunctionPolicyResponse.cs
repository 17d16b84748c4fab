using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>Who may invoke a function.</summary>
public sealed class GetFunctionPolicyResponse : AmazonWebServiceResponse
{
    /// <summary>The policy as JSON.</summary>
    public string? Policy { get; set; }

    /// <summary>The policy's revision.</summary>
    public string? RevisionId { get; set; }
}
