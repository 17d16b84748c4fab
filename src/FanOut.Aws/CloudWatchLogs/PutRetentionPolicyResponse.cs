using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>The answer of PutRetentionPolicy: the setting has been made.</summary>
public sealed class PutRetentionPolicyResponse : AmazonWebServiceResponse;
