using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>The log group is made; it keeps its content for ever until it gets a retention policy.</summary>
public sealed class CreateLogGroupResponse : AmazonWebServiceResponse;
