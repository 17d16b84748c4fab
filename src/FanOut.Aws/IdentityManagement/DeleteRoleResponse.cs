using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The role is deleted.</summary>
public sealed class DeleteRoleResponse : AmazonWebServiceResponse;
