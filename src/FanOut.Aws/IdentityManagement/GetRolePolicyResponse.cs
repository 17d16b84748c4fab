using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>An inline policy of a role.</summary>
public sealed class GetRolePolicyResponse : AmazonWebServiceResponse
{
    /// <summary>The role's name.</summary>
    public string? RoleName { get; set; }

    /// <summary>The policy's name.</summary>
    public string? PolicyName { get; set; }

    /// <summary>The policy as JSON. The service percent-encodes it and the AWSSDK leaves it so; here it is decoded.</summary>
    public string? PolicyDocument { get; set; }
}
