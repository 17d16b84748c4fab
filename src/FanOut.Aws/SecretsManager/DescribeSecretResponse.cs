using Amazon.Runtime;

namespace FanOut.Aws.SecretsManager;

/// <summary>What is known of a secret besides its value.</summary>
public sealed class DescribeSecretResponse : AmazonWebServiceResponse
{
    /// <summary>Its ARN.</summary>
    public string? ARN { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>The key of AWS KMS that encrypts it; null: that of AWS itself, <c>aws/secretsmanager</c>.</summary>
    public string? KmsKeyId { get; set; }

    /// <summary>Whether it is to be deleted, and cannot be read any more.</summary>
    public bool IsDeleted { get; set; }
}
