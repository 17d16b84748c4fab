using System.Diagnostics.CodeAnalysis;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using FanOut.Aws.KeyManagementService;
using FanOut.Aws.Kinesis;
using FanOut.Aws.S3;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Deployment;

/// <summary>Finds the keys of AWS KMS that encrypt what a policy names: queues, topics, streams, tables and buckets.</summary>
/// <remarks>
/// Each resource tells its own key. What may not be looked at is warned of, as it may be encrypted: whoever knows its key gives it to Publish-FanOutFunction, and it
/// is kept. What does not answer for another reason, such as that it does not exist, counts as not encrypted.
/// </remarks>
/// <param name="session">Who looks, in the function's region.</param>
internal sealed class FindKeys(AwsSession session)
{
    private const int AtATime = 8;
    private const int MostNamed = 5;
    private const string KmsMasterKeyId = "KmsMasterKeyId";

    /// <summary>Finds the keys; those of AWS itself, which need no permission, are not among them.</summary>
    public async Task<FoundKeys> OfAsync(PolicyDocument policy, CancellationToken cancellationToken)
    {
        List<(Arn Resource, string Key)> named = [];
        List<string> unseen = [];
        IEnumerable<Arn> resources = policy.Statements.SelectMany(static s => s.Resources).Select(ResourceOf).OfType<Arn>().DistinctBy(static a => a.ToString());
        foreach (Arn[] some in resources.Chunk(AtATime))
        {
            (string? Key, bool IsDenied)[] looks = await Task.WhenAll(some.Select(r => KeyOfAsync(r, cancellationToken))).ConfigureAwait(false);
            string?[] keys = [.. looks.Select(static l => l.Key)];
            unseen.AddRange(some.Zip(looks).Where(static l => l.Second.IsDenied).Select(static l => $"{l.First}"));
            named.AddRange(some.Zip(keys).Where(static k => !string.IsNullOrEmpty(k.Second) && !IsOfService(k.Second)).Select(static k => (k.First, k.Second!)));
        }

        List<string> found = [], unknown = [];
        foreach ((Arn resource, string key) in named.DistinctBy(static n => (n.Key, n.Resource.Region, n.Resource.Account)))
        {
            if (!await TryResolveAsync(resource, key, found, cancellationToken).ConfigureAwait(false))
            {
                unknown.Add($"{resource} is encrypted with {key}");
            }
        }

        string[] warnings =
        [
            .. unknown.Count == 0 ? Array.Empty<string>() : [$"These keys cannot be looked up as {session.Identity} (kms:DescribeKey), so the function may not be allowed to use them: {string.Join("; ", unknown)}. "
                + "Publish-FanOutFunction -ResourceKmsKeyArn takes their ARNs."],
            .. unseen.Count == 0 ? Array.Empty<string>() : [$"Whether these are encrypted with keys of their own may not be looked at as {session.Identity}, and if they are, the function may not be allowed to use the keys: {string.Join(", ", unseen.Take(MostNamed))}{(unseen.Count > MostNamed ? $" and {unseen.Count - MostNamed} more" : "")}. "
                + "docs/permissions.md has the permissions (FindDestinations, FindTables, s3:GetEncryptionConfiguration); Publish-FanOutFunction -ResourceKmsKeyArn takes the keys' ARNs."],
        ];
        return new([.. found.Distinct().Order(StringComparer.Ordinal)], warnings.Length == 0 ? null : string.Join(' ', warnings));
    }

    // What the resource of a statement belongs to: a table of its stream, a stream of its consumer, a bucket of its objects.
    private static Arn? ResourceOf(string text) => !Arn.TryParse(SourceArn.WithoutConsumer(text), out Arn? arn) ? null : arn.Service switch
    {
        "sqs" or "sns" or "kinesis" => arn,
        "dynamodb" => arn with { Resource = string.Join('/', arn.Resource.Split('/').Take(2)) },
        "s3" => arn with { Resource = arn.Resource.Split('/')[0] },
        _ => null,
    };

    // alias/aws/sqs, or the ARN of such an alias.
    private static bool IsOfService([NotNullWhen(true)] string? key) => key?.Contains("alias/aws/", StringComparison.Ordinal) == true;

    private async Task<(string? Key, bool IsDenied)> KeyOfAsync(Arn resource, CancellationToken cancellationToken)
    {
        AwsSession home = resource.Region.Length > 0 ? session.In(resource.Region) : session;
        try
        {
            return (resource.Service switch
            {
                "sqs" => await OfQueueAsync(home, resource, cancellationToken).ConfigureAwait(false),
                "sns" => (await home.Sns().GetTopicAttributesAsync(new GetTopicAttributesRequest { TopicArn = resource.ToString() }, cancellationToken)
                    .ConfigureAwait(false)).Attributes?.GetValueOrDefault(KmsMasterKeyId),
                "kinesis" => await OfStreamAsync(home, resource, cancellationToken).ConfigureAwait(false),
                "dynamodb" => await OfTableAsync(home, resource, cancellationToken).ConfigureAwait(false),
                _ => (await home.Client(AmazonS3Client.Service, static (c, s) => new AmazonS3Client(c, s)).GetBucketEncryptionAsync(
                    new GetBucketEncryptionRequest { BucketName = resource.Resource }, cancellationToken).ConfigureAwait(false)).KMSMasterKeyID,
            }, false);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return (null, FanOutError.Of(e, null, session.Identity).ErrorId == "AccessDenied");
        }
    }

    private static async Task<string?> OfQueueAsync(AwsSession home, Arn queue, CancellationToken cancellationToken)
    {
        AmazonSQSClient client = home.Client(AmazonSQSClient.Service, static (c, s) => new AmazonSQSClient(c, s));
        GetQueueUrlResponse found = await client.GetQueueUrlAsync(
            new GetQueueUrlRequest { QueueName = queue.Resource, QueueOwnerAWSAccountId = queue.Account }, cancellationToken).ConfigureAwait(false);
        GetQueueAttributesResponse attributes = await client.GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = found.QueueUrl!, AttributeNames = [KmsMasterKeyId] }, cancellationToken).ConfigureAwait(false);
        return attributes.Attributes?.GetValueOrDefault(KmsMasterKeyId);
    }

    private static async Task<string?> OfStreamAsync(AwsSession home, Arn stream, CancellationToken cancellationToken)
    {
        AmazonKinesisClient client = home.Client(AmazonKinesisClient.Service, static (c, s) => new AmazonKinesisClient(c, s));
        DescribeStreamSummaryResponse found = await client.DescribeStreamSummaryAsync(
            new DescribeStreamSummaryRequest { StreamARN = stream.ToString() }, cancellationToken).ConfigureAwait(false);
        return found.StreamDescriptionSummary is { EncryptionType: "KMS" } summary ? summary.KeyId : null;
    }

    private static async Task<string?> OfTableAsync(AwsSession home, Arn table, CancellationToken cancellationToken)
    {
        DescribeTableResponse found = await home.Dynamo.DescribeTableAsync(table.ToString(), cancellationToken).ConfigureAwait(false);
        return found.Table?.SSEDescription?.KMSMasterKeyArn;
    }

    // A key's id and ARN tell it without a look-up; an alias does not, and may be given to another key later.
    private async Task<bool> TryResolveAsync(Arn resource, string key, List<string> found, CancellationToken cancellationToken)
    {
        Arn? arn = Arn.TryParse(key, out Arn? parsed) ? parsed : null;
        string? whole = arn is { ResourceType: "key" } ? key
            : arn is null && !key.StartsWith("alias/", StringComparison.Ordinal) && resource.Account.Length > 0
                ? $"arn:{resource.Partition}:kms:{resource.Region}:{resource.Account}:key/{key}" : null;
        string region = arn?.Region ?? resource.Region;
        AwsSession home = region.Length > 0 ? session.In(region) : session;
        try
        {
            DescribeKeyResponse described = await home.Client(AmazonKeyManagementServiceClient.Service, static (c, s) => new AmazonKeyManagementServiceClient(c, s))
                .DescribeKeyAsync(new DescribeKeyRequest { KeyId = whole ?? key }, cancellationToken).ConfigureAwait(false);
            whole = described.KeyMetadata is { KeyManager: "AWS" } ? "" : described.KeyMetadata?.Arn ?? whole;
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            // Then what its text tells must do.
        }

        if (whole is { Length: > 0 })
        {
            found.Add(whole);
        }

        return whole is not null;
    }
}
