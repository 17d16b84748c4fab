using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>An alarm's tags.</summary>
public sealed class ListAlarmTagsResponse : AmazonWebServiceResponse
{
    /// <summary>The tags.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}
