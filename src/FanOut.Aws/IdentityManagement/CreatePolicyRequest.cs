namespace FanOut.Aws.IdentityManagement;

/// <summary>Makes a managed policy of the account; its document is version v1.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html</remarks>
public sealed class CreatePolicyRequest
{
    /// <summary>Its name, 1 to 128 characters; no other policy of the account may have it, whatever its path.</summary>
    public required string PolicyName { get; set; }

    /// <summary>The policy, JSON, at most 6,144 characters; white space does not count.</summary>
    public required string PolicyDocument { get; set; }

    /// <summary>Its path, such as <c>/fanout/</c>. Default: <c>/</c>.</summary>
    public string? Path { get; set; }

    /// <summary>What it is for, at most 1,000 characters; it cannot be changed.</summary>
    public string? Description { get; set; }

    /// <summary>Its tags, at most 50.</summary>
    public List<Tag>? Tags { get; set; }
}
