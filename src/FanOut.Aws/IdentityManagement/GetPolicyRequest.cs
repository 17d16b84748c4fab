namespace FanOut.Aws.IdentityManagement;

/// <summary>Asks for a managed policy, without its document.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html</remarks>
public sealed class GetPolicyRequest
{
    /// <summary>The policy's ARN.</summary>
    public required string PolicyArn { get; set; }
}
