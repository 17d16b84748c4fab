using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The version is deleted.</summary>
public sealed class DeletePolicyVersionResponse : AmazonWebServiceResponse;
