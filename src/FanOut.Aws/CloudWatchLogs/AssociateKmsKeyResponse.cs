using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>The content is encrypted with the key.</summary>
public sealed class AssociateKmsKeyResponse : AmazonWebServiceResponse;
