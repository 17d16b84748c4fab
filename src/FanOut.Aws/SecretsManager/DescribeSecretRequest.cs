namespace FanOut.Aws.SecretsManager;

/// <summary>Asks what is known of a secret besides its value.</summary>
/// <remarks>https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html</remarks>
public sealed class DescribeSecretRequest
{
    /// <summary>The secret: its ARN or its name.</summary>
    public required string SecretId { get; set; }
}
