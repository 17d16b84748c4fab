using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>The permission is given.</summary>
public sealed class AddPermissionResponse : AmazonWebServiceResponse
{
    /// <summary>The statement as JSON.</summary>
    public string? Statement { get; set; }
}
