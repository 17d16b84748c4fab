using Amazon.Runtime;

namespace FanOut.Aws.S3;

/// <summary>How a bucket encrypts objects that do not say it themselves.</summary>
public sealed class GetBucketEncryptionResponse : AmazonWebServiceResponse
{
    /// <summary><c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>.</summary>
    public string? SSEAlgorithm { get; set; }

    /// <summary>The key of AWS KMS: its id or ARN, or an alias; null: the one of AWS itself, or none.</summary>
    public string? KMSMasterKeyID { get; set; }
}
