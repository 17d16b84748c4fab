using System.Text.Json.Nodes;
using FanOut.Aws.SecretsManager;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class SecretsManagerTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_read_and_described()
    {
        const string Value = """{"Authorization":"Bearer \"é\"\n"}""";
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        JsonNode made = await api.JsonAsync("secretsmanager", "secretsmanager.CreateSecret", new JsonObject { ["Name"] = "shop/key", ["SecretString"] = Value, ["KmsKeyId"] = "alias/own" });
        string arn = (string)made["ARN"]!;
        using AmazonSecretsManagerClient client = Client(endpoint);

        GetSecretValueResponse value = await client.GetSecretValueAsync(new() { SecretId = arn }, Cancellation);
        DescribeSecretResponse secret = await client.DescribeSecretAsync(new() { SecretId = arn }, Cancellation);
        await api.JsonAsync("secretsmanager", "secretsmanager.DeleteSecret", new JsonObject { ["SecretId"] = arn });
        DescribeSecretResponse deleted = await client.DescribeSecretAsync(new() { SecretId = arn }, Cancellation);
        AmazonSecretsManagerException refusal = await Assert.ThrowsAsync<AmazonSecretsManagerException>(() => client.GetSecretValueAsync(new() { SecretId = arn }, Cancellation));

        Assert.Equal(Value, value.SecretString);
        Assert.Equal((arn, "shop/key", "alias/own", false), (secret.ARN, secret.Name, secret.KmsKeyId, secret.IsDeleted));
        Assert.True(deleted.IsDeleted);
        Assert.Equal("InvalidRequestException", refusal.ErrorCode);
    }

    [Fact]
    public async Task A_secret_that_does_not_exist_is_a_typed_refusal()
    {
        using AmazonSecretsManagerClient client = Client((await moto.StartAsync()).Endpoint);

        AmazonSecretsManagerException refusal = await Assert.ThrowsAsync<AmazonSecretsManagerException>(() => client.GetSecretValueAsync(new() { SecretId = "absent" }, Cancellation));

        Assert.Equal("ResourceNotFoundException", refusal.ErrorCode);
    }

    private static AmazonSecretsManagerClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonSecretsManagerClient.Service, endpoint));
}
