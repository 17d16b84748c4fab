using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>The content is kept for ever.</summary>
public sealed class DeleteRetentionPolicyResponse : AmazonWebServiceResponse;
