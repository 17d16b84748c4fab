using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>The permission is taken back.</summary>
public sealed class RemovePermissionResponse : AmazonWebServiceResponse;
