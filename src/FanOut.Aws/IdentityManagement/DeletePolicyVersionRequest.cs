namespace FanOut.Aws.IdentityManagement;

/// <summary>Deletes a version of a managed policy that is not its default.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html</remarks>
public sealed class DeletePolicyVersionRequest
{
    /// <summary>The policy's ARN.</summary>
    public required string PolicyArn { get; set; }

    /// <summary>The version, such as <c>v1</c>.</summary>
    public required string VersionId { get; set; }
}
