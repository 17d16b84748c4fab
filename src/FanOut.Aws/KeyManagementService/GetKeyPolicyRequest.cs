namespace FanOut.Aws.KeyManagementService;

/// <summary>Asks for the policy of a key.</summary>
/// <remarks>https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html; the only policy that a key has is called default.</remarks>
public sealed class GetKeyPolicyRequest
{
    /// <summary>The key: its id or ARN.</summary>
    public required string KeyId { get; set; }
}
