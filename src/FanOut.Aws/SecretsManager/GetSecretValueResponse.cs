using Amazon.Runtime;

namespace FanOut.Aws.SecretsManager;

/// <summary>The value of a secret.</summary>
public sealed class GetSecretValueResponse : AmazonWebServiceResponse
{
    /// <summary>The value; null: it is binary.</summary>
    public string? SecretString { get; set; }
}
