using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.KeyManagementService;

/// <summary>AWS Key Management Service, only to look at keys.</summary>
public sealed class AmazonKeyManagementServiceClient : AwsClient
{
    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonKeyManagementServiceClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("KMS", "kms", "kms", "2014-11-01");

    /// <summary>A key.</summary>
    /// <exception cref="AmazonKeyManagementServiceException">The service refused the call; <c>NotFoundException</c>: there is no such key.</exception>
    public async Task<DescribeKeyResponse> DescribeKeyAsync(DescribeKeyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => json.WriteString("KeyId", request.KeyId));
        return await SendAsync(
            AwsJson.Request("1.1", "TrentService", "DescribeKey", body),
            AwsJson.Answers<DescribeKeyResponse>(
                static (json, response) => response.KeyMetadata = json.Structure("KeyMetadata", static key => new KeyMetadata
                {
                    Arn = key.Text("Arn"),
                    KeyId = key.Text("KeyId"),
                    KeyManager = key.Text("KeyManager"),
                    KeyState = key.Text("KeyState"),
                }),
                AmazonKeyManagementServiceException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The policy of a key.</summary>
    /// <exception cref="AmazonKeyManagementServiceException">The service refused the call; <c>NotFoundException</c>: there is no such key.</exception>
    public async Task<GetKeyPolicyResponse> GetKeyPolicyAsync(GetKeyPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json =>
        {
            json.WriteString("KeyId", request.KeyId);
            json.WriteString("PolicyName", "default");
        });
        return await SendAsync(
            AwsJson.Request("1.1", "TrentService", "GetKeyPolicy", body),
            AwsJson.Answers<GetKeyPolicyResponse>(static (json, response) => response.Policy = json.Text("Policy"), AmazonKeyManagementServiceException.Of),
            cancellationToken).ConfigureAwait(false);
    }
}
