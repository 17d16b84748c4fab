using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.SecretsManager;

/// <summary>AWS Secrets Manager, to read secrets and to look whether they are there.</summary>
public sealed class AmazonSecretsManagerClient : AwsClient
{
    private static readonly AnswerReader<GetSecretValueResponse> ValueReader = new(ReadValue, AwsJson.Instance, AmazonSecretsManagerException.Of);

    private readonly RequestHead _getSecretValue;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonSecretsManagerClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config) => _getSecretValue = Head(AwsJson.Request("1.1", "secretsmanager", "GetSecretValue"));

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("Secrets Manager", "secretsmanager", "secretsmanager", "2017-10-17")
    {
        // A secret has up to 65,536 bytes (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html), of which JSON may make six times as many.
        MostAnswerBytes = 512 * 1024,
        Exception = HostOf,
    };

    /// <summary>The current value of a secret.</summary>
    /// <exception cref="AmazonSecretsManagerException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such secret.</exception>
    public async Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new RequestBody(256);
        body.Write("{\"SecretId\":"u8);
        body.WriteJsonString(request.SecretId);
        body.Write("}"u8);
        return await SendAsync(_getSecretValue, body, ValueReader, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is known of a secret besides its value.</summary>
    /// <exception cref="AmazonSecretsManagerException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such secret.</exception>
    public async Task<DescribeSecretResponse> DescribeSecretAsync(DescribeSecretRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => json.WriteString("SecretId", request.SecretId));
        return await SendAsync(
            AwsJson.Request("1.1", "secretsmanager", "DescribeSecret", body),
            AwsJson.Answers<DescribeSecretResponse>(
                static (json, response) =>
                {
                    response.ARN = json.Text("ARN");
                    response.Name = json.Text("Name");
                    response.KmsKeyId = json.Text("KmsKeyId");
                    response.IsDeleted = json.Member("DeletedDate") is { ValueKind: JsonValueKind.Number };
                },
                AmazonSecretsManagerException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    // Its usual hosts are those of dual stack too, but in partitions of their own; and in China not with validated cryptography, of which there are no others.
    private static string? HostOf(string region, EndpointVariant variant) => variant.DualStack && RegionEndpoint.GetBySystemName(region) is { PartitionName: "aws" or "aws-us-gov" or "aws-cn" } known
        && !(variant.Fips && known.PartitionName == "aws-cn") ? $"secretsmanager{(variant.Fips ? "-fips" : "")}.{region}.{known.PartitionDnsSuffix}" : null;

    private static void ReadValue(WireAnswer answer, GetSecretValueResponse response)
    {
        var reader = new Utf8JsonReader(answer.Body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isText = reader.ValueTextEquals("SecretString"u8);
            reader.Read();
            if (isText && reader.TokenType == JsonTokenType.String)
            {
                response.SecretString = reader.GetString();
            }

            reader.Skip();
        }
    }
}
