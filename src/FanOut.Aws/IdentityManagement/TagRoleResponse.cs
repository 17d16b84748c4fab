using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The role has the tags.</summary>
public sealed class TagRoleResponse : AmazonWebServiceResponse;
