namespace FanOut.Aws.KeyManagementService;

/// <summary>What there is to know of a key.</summary>
/// <remarks>https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html</remarks>
public sealed class KeyMetadata
{
    /// <summary>Its ARN.</summary>
    public string? Arn { get; set; }

    /// <summary>Its id.</summary>
    public string? KeyId { get; set; }

    /// <summary><c>AWS</c>: a service of AWS made it in the account, and it may be used through that service; <c>CUSTOMER</c>: the account's own.</summary>
    public string? KeyManager { get; set; }

    /// <summary><c>Enabled</c>; <c>Disabled</c>, <c>PendingDeletion</c> and others, in which it cannot be used.</summary>
    public string? KeyState { get; set; }
}
