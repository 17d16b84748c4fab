namespace FanOut.Aws.IdentityManagement;

/// <summary>A value of a condition's key, for a simulation.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html</remarks>
public sealed class ContextEntry
{
    /// <summary>The key: <c>dynamodb:LeadingKeys</c>.</summary>
    public required string ContextKeyName { get; set; }

    /// <summary>Its values.</summary>
    public required List<string> ContextKeyValues { get; set; }

    /// <summary>Their type: <c>string</c>, <c>stringList</c>, <c>boolean</c> …</summary>
    public required string ContextKeyType { get; set; }
}
