using Amazon.Runtime;

namespace FanOut.Aws.Sns;

/// <summary>A page of topics.</summary>
public sealed class ListTopicsResponse : AmazonWebServiceResponse
{
    /// <summary>The topics.</summary>
    public List<Topic>? Topics { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
