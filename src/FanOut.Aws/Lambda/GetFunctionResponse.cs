using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A function.</summary>
public sealed class GetFunctionResponse : AmazonWebServiceResponse
{
    /// <summary>Its settings.</summary>
    public FunctionConfiguration? Configuration { get; set; }

    /// <summary>Where its deployment package can be fetched.</summary>
    public FunctionCodeLocation? Code { get; set; }

    /// <summary>
    /// Its tags; null: it has none, or they cannot be read (see <see cref="TagsError"/>).
    /// </summary>
    public Dictionary<string, string>? Tags { get; set; }

    /// <summary>Why the tags cannot be read.</summary>
    public TagsError? TagsError { get; set; }

    /// <summary>Its reserved concurrency, if any.</summary>
    public Concurrency? Concurrency { get; set; }
}
