using FanOut.Inspection.Policies;

namespace FanOut.Inspection;

/// <summary>What is known of a key of AWS KMS.</summary>
/// <param name="Finding">What is to be said of it.</param>
internal sealed record KeyFacts(Finding Finding)
{
    /// <summary>Its ARN, where a permission is needed for it; null: it is AWS's own, or its ARN is not known.</summary>
    public string? Arn { get; init; }

    /// <summary>Its own policy; null: it was not seen.</summary>
    public IamDocument? Policy { get; init; }
}
