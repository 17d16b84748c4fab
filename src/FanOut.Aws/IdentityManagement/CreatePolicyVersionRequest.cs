namespace FanOut.Aws.IdentityManagement;

/// <summary>Gives a managed policy another document; a policy has five versions at most.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html</remarks>
public sealed class CreatePolicyVersionRequest
{
    /// <summary>The policy's ARN.</summary>
    public required string PolicyArn { get; set; }

    /// <summary>The policy, JSON, at most 6,144 characters; white space does not count.</summary>
    public required string PolicyDocument { get; set; }

    /// <summary>Whether it becomes the version that is in effect. Default: false.</summary>
    public bool? SetAsDefault { get; set; }
}
