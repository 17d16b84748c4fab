namespace FanOut.Aws.SecretsManager;

/// <summary>Asks for the value of a secret.</summary>
/// <remarks>https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html</remarks>
public sealed class GetSecretValueRequest
{
    /// <summary>The secret: its ARN or its name.</summary>
    public required string SecretId { get; set; }
}
