using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The policy is deleted.</summary>
public sealed class DeletePolicyResponse : AmazonWebServiceResponse;
