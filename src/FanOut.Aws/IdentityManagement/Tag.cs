namespace FanOut.Aws.IdentityManagement;

/// <summary>A tag.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html</remarks>
public sealed class Tag
{
    /// <summary>Its key, 1 to 128 characters.</summary>
    public required string Key { get; set; }

    /// <summary>Its value, at most 256 characters; may be empty.</summary>
    public required string Value { get; set; }
}
