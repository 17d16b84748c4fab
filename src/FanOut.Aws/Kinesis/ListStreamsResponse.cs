using Amazon.Runtime;

namespace FanOut.Aws.Kinesis;

/// <summary>A page of streams.</summary>
public sealed class ListStreamsResponse : AmazonWebServiceResponse
{
    /// <summary>The streams' names.</summary>
    public List<string>? StreamNames { get; set; }

    /// <summary>Whether there is another page.</summary>
    public bool? HasMoreStreams { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }

    /// <summary>The streams.</summary>
    public List<StreamSummary>? StreamSummaries { get; set; }
}
