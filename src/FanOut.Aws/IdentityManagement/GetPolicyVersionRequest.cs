namespace FanOut.Aws.IdentityManagement;

/// <summary>Asks for the document of a managed policy.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html</remarks>
public sealed class GetPolicyVersionRequest
{
    /// <summary>The policy's ARN.</summary>
    public required string PolicyArn { get; set; }

    /// <summary>The version, such as <c>v1</c>.</summary>
    public required string VersionId { get; set; }
}
