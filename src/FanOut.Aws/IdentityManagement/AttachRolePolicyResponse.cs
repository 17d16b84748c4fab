using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The role has the policy.</summary>
public sealed class AttachRolePolicyResponse : AmazonWebServiceResponse;
