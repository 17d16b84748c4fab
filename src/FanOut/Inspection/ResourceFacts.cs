using FanOut.Inspection.Policies;

namespace FanOut.Inspection;

/// <summary>What is known of a resource that records come from or go to.</summary>
/// <param name="Finding">Whether it is there, and its limits.</param>
internal sealed record ResourceFacts(Finding Finding)
{
    /// <summary>Its ARN; null: it has none, or it is not known.</summary>
    public string? Arn { get; init; }

    /// <summary>The key of AWS KMS that encrypts it, as it says itself: id, ARN or alias; null: none, or not known.</summary>
    public string? Key { get; init; }

    /// <summary>How it is encrypted, a sentence; null: that is no matter of the function's.</summary>
    public string? Encryption { get; init; }

    /// <summary>Why its key could not be seen; null: it was.</summary>
    public Finding? KeyNotSeen { get; init; }

    /// <summary>Of a cache: the ids of its security groups; empty: it has none, or they were not seen.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>Of a collection of OpenSearch Serverless: its name; null: it is none, or it was not seen.</summary>
    public string? Collection { get; init; }

    /// <summary>Its own policy; null: it has none.</summary>
    public IamDocument? Policy { get; init; }

    /// <summary>Whether its own policy was seen.</summary>
    public bool IsPolicySeen { get; init; }

    /// <summary>Whether it is another account's than the caller's, where its ARN does not tell; null: the ARN tells, or it is not known.</summary>
    public bool? IsOfOtherAccount { get; init; }

    /// <summary>Whether it could be another account's for all that is known.</summary>
    public bool IsOwnerUnknown { get; init; }

    /// <summary>The permission that it takes to look at its policy; null: nobody can be given it here.</summary>
    public string? PolicyPermission { get; init; }
}
