using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>The content is kept so long.</summary>
public sealed class PutRetentionPolicyResponse : AmazonWebServiceResponse;
