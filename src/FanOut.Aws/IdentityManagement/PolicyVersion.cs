namespace FanOut.Aws.IdentityManagement;

/// <summary>A version of a managed policy.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html</remarks>
public sealed class PolicyVersion
{
    /// <summary>Its id, <c>v</c> and a number that is never used again.</summary>
    public string? VersionId { get; set; }

    /// <summary>Whether it is the version that is in effect.</summary>
    public bool? IsDefaultVersion { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime? CreateDate { get; set; }

    /// <summary>The policy, JSON; null in lists of versions.</summary>
    public string? Document { get; set; }
}
