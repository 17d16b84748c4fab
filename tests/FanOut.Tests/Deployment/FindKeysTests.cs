using FanOut.Aws.Sqs;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Deployment.Policies;
using FanOut.LocalCloud.Http;
using FanOut.Tests.Aws;

namespace FanOut.Tests.Deployment;

/// <summary>The keys of AWS KMS that resources name, and what is made of a key that may not be looked at.</summary>
public sealed class FindKeysTests
{
    private const string Key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";

    private static readonly PolicyDocument Queue = PolicyDocument.Of([DestinationGrants.Queue("arn:aws:sqs:us-east-1:123456789012:orders")]);

    [Theory]
    [InlineData("1234abcd", "CUSTOMER", Key, null)]
    [InlineData("1234abcd", "AWS", "", null)]
    [InlineData("1234abcd", null, Key, null)]
    [InlineData(Key, null, Key, null)]
    [InlineData("alias/mine", "CUSTOMER", Key, null)]
    [InlineData("alias/mine", null, "", "arn:aws:sqs:us-east-1:123456789012:orders is encrypted with alias/mine")]
    [InlineData("arn:aws:kms:us-east-1:123456789012:alias/mine", null, "", "arn:aws:sqs:us-east-1:123456789012:orders is encrypted with arn:aws:kms:us-east-1:123456789012:alias/mine")]
    public async Task A_key_is_resolved_or_told(string named, string? manager, string expected, string? warning)
    {
        FoundKeys found = await FindAsync(
            Ok("""{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/123456789012/orders"}"""),
            Ok($$$"""{"Attributes":{"KmsMasterKeyId":"{{{named}}}"}}"""),
            manager is null ? Denied() : Ok($$$"""{"KeyMetadata":{"Arn":"{{{Key}}}","KeyManager":"{{{manager}}}"}}"""));

        Assert.Equal(expected, string.Join(' ', found.Keys));
        Assert.Equal(warning is not null, found.Warning is not null);
        Assert.Contains(warning ?? "", found.Warning ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Attributes":{"KmsMasterKeyId":"alias/aws/sqs"}}""")]
    [InlineData("""{"Attributes":{"KmsMasterKeyId":""}}""")]
    [InlineData("{}")]
    public async Task A_key_of_AWS_itself_needs_nothing(string attributes) =>
        Assert.Equal((0, null), await CountAsync(Ok("""{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/123456789012/orders"}"""), Ok(attributes)));

    [Fact]
    public async Task What_may_not_be_looked_at_is_told()
    {
        (int keys, string? warning) = await CountAsync(Denied());

        Assert.Equal(0, keys);
        Assert.StartsWith("Whether these are encrypted with keys of their own may not be looked at", warning, StringComparison.Ordinal);
    }

    private static async Task<(int Keys, string? Warning)> CountAsync(params HttpResponse[] answers)
    {
        FoundKeys found = await FindAsync(answers);
        return (found.Keys.Count, found.Warning);
    }

    private static async Task<FoundKeys> FindAsync(params HttpResponse[] answers)
    {
        await using Wire wire = new(answers);
        using AwsSession session = OpenSession.Of(
            new SessionRequest { AccessKey = "AKIATEST", SecretKey = "secret", Region = "us-east-1", EndpointUrl = new Uri(wire.Config(AmazonSQSClient.Service).ServiceURL) },
            new CallLog(),
            TimeProvider.System);
        return await new FindKeys(session).OfAsync(Queue, TestContext.Current.CancellationToken);
    }

    private static HttpResponse Ok(string json) => HttpResponse.Text(200, "application/json", json);

    private static HttpResponse Denied() => HttpResponse.Text(400, "application/json", """{"__type":"AccessDeniedException","message":"You may not."}""");
}
