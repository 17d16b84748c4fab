using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>The log group is deleted.</summary>
public sealed class DeleteLogGroupResponse : AmazonWebServiceResponse;
