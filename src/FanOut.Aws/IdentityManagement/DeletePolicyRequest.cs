namespace FanOut.Aws.IdentityManagement;

/// <summary>Deletes a managed policy that is attached to nothing and has its default version only.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html</remarks>
public sealed class DeletePolicyRequest
{
    /// <summary>The policy's ARN.</summary>
    public required string PolicyArn { get; set; }
}
