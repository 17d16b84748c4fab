using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The trust policy is replaced.</summary>
public sealed class UpdateAssumeRolePolicyResponse : AmazonWebServiceResponse;
