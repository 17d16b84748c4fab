namespace FanOut.LocalCloud.OpenSearch;

/// <summary>A collection of OpenSearch Serverless, which can only be described.</summary>
/// <param name="Id">Its id, with which its host begins.</param>
/// <param name="Name">Its name, which policies know.</param>
/// <param name="Arn">Its ARN.</param>
public sealed record SearchCollection(string Id, string Name, string Arn)
{
    /// <summary>Its status.</summary>
    public string Status { get; init; } = "ACTIVE";

    /// <summary>The key that encrypts it; <c>auto</c>: AWS's own.</summary>
    public string KmsKeyArn { get; init; } = "auto";

    /// <summary>Why it failed; null for nothing.</summary>
    public string? FailureMessage { get; init; }
}
