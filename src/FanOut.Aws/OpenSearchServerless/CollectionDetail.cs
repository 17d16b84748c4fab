namespace FanOut.Aws.OpenSearchServerless;

/// <summary>A collection.</summary>
/// <remarks>https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_CollectionDetail.html</remarks>
public sealed class CollectionDetail
{
    /// <summary>Its id, with which its host begins.</summary>
    public string? Id { get; set; }

    /// <summary>Its name, which policies know.</summary>
    public string? Name { get; set; }

    /// <summary>Its ARN.</summary>
    public string? Arn { get; set; }

    /// <summary><c>CREATING</c>, <c>UPDATING</c>, <c>DELETING</c>, <c>ACTIVE</c>, <c>FAILED</c> or <c>UPDATE_FAILED</c>.</summary>
    public string? Status { get; set; }

    /// <summary><c>SEARCH</c>, <c>TIMESERIES</c> or <c>VECTORSEARCH</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The key that encrypts it; <c>auto</c>: AWS's own.</summary>
    public string? KmsKeyArn { get; set; }

    /// <summary>Why it failed.</summary>
    public string? FailureMessage { get; set; }
}
