namespace FanOut.Aws.IdentityManagement;

/// <summary>A managed policy. Lists leave <see cref="Description"/> and <see cref="Tags"/> out.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html</remarks>
public sealed class ManagedPolicy
{
    /// <summary>Its name.</summary>
    public string? PolicyName { get; set; }

    /// <summary>Its id, <c>ANPA…</c>.</summary>
    public string? PolicyId { get; set; }

    /// <summary>Its ARN, with the path.</summary>
    public string? Arn { get; set; }

    /// <summary>Its path; <c>/</c> for none.</summary>
    public string? Path { get; set; }

    /// <summary>The version that is in effect, such as <c>v1</c>.</summary>
    public string? DefaultVersionId { get; set; }

    /// <summary>How many users, groups and roles have it.</summary>
    public int? AttachmentCount { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime? CreateDate { get; set; }

    /// <summary>When its default version was made, UTC.</summary>
    public DateTime? UpdateDate { get; set; }

    /// <summary>Its tags.</summary>
    public List<Tag>? Tags { get; set; }
}
