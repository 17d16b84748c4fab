using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The role no longer has the policy.</summary>
public sealed class DetachRolePolicyResponse : AmazonWebServiceResponse;
