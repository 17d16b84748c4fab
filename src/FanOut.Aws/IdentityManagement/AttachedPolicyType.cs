namespace FanOut.Aws.IdentityManagement;

/// <summary>A managed policy that a role has.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachedPolicy.html</remarks>
public sealed class AttachedPolicyType
{
    /// <summary>Its name.</summary>
    public string? PolicyName { get; set; }

    /// <summary>Its ARN.</summary>
    public string? PolicyArn { get; set; }
}
