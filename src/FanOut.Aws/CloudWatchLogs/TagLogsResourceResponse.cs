using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>The log group has the tags.</summary>
public sealed class TagLogsResourceResponse : AmazonWebServiceResponse;
