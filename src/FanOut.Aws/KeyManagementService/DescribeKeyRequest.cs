namespace FanOut.Aws.KeyManagementService;

/// <summary>Asks for a key.</summary>
/// <remarks>https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html</remarks>
public sealed class DescribeKeyRequest
{
    /// <summary>The key: its id or ARN, or an alias (<c>alias/name</c>) or the ARN of one.</summary>
    public required string KeyId { get; set; }
}
