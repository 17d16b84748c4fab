using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Keys of AWS KMS that encrypt sources, targets and dead letters are found, and the function's role may use them.</summary>
public sealed class ResourceKeyTests(MotoServer moto) : IDisposable
{
    private const string Iam = "2010-05-08", Sns = "2010-03-31";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_kind_of_resource_tells_its_key_when_it_is_registered_connected_or_published()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "locked");
        ServiceApi api = session.Api;
        string ofStream = await KeyAsync(api), ofQueue = await KeyAsync(api), ofTopic = await KeyAsync(api), ofTable = await KeyAsync(api), ofBucket = await KeyAsync(api), ofCopy = await KeyAsync(api);
        await api.JsonAsync("kms", "TrentService.CreateAlias", new() { ["AliasName"] = "alias/locked", ["TargetKeyId"] = ofQueue });
        await api.JsonAsync("dynamodb", "DynamoDB_20120810.DeleteTable", new() { ["TableName"] = session.Table });
        await api.JsonAsync("dynamodb", "DynamoDB_20120810.CreateTable", new()
        {
            ["TableName"] = session.Table,
            ["BillingMode"] = "PAY_PER_REQUEST",
            ["AttributeDefinitions"] = new JsonArray(Attribute("sourceArn"), Attribute("id")),
            ["KeySchema"] = new JsonArray(
                new JsonObject { ["AttributeName"] = "sourceArn", ["KeyType"] = "HASH" }, new JsonObject { ["AttributeName"] = "id", ["KeyType"] = "RANGE" }),
            ["SSESpecification"] = new JsonObject { ["Enabled"] = true, ["SSEType"] = "KMS", ["KMSMasterKeyId"] = ofTable },
        });
        string package = Package.Write(Path.Join(_folder.Path, "function.zip"));
        session.Run($"$PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{package}'; Publish-FanOutFunction").ThrowIfFailed();
        Assert.Equal([ofTable], await KeysAsync(api));

        // A queue tells an alias, a topic an id, streams and tables and buckets ARNs.
        await api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "locked", ["Attributes"] = new JsonObject { ["KmsMasterKeyId"] = "alias/locked" } });
        await api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "locked-by-aws", ["Attributes"] = new JsonObject { ["KmsMasterKeyId"] = "alias/aws/sqs" } });
        await api.QueryAsync("sns", Sns, "CreateTopic", ("Name", "locked"), ("Attributes.entry.1.key", "KmsMasterKeyId"), ("Attributes.entry.1.value", ofTopic.Split('/')[^1]));
        await EncryptAsync(api, "locked", ofStream);
        await api.JsonAsync("kinesis", "Kinesis_20131202.CreateStream", new() { ["StreamName"] = "locked-copy", ["ShardCount"] = 1 });
        await EncryptAsync(api, "locked-copy", ofCopy);
        await api.RestAsync(HttpMethod.Put, "s3", "/locked");
        await api.RestAsync(HttpMethod.Put, "s3", "/locked?encryption", Encoding.UTF8.GetBytes(
            $"<ServerSideEncryptionConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>{ofBucket}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>"));

        session.Run("Register-FanOutTarget sqs queue locked -SourceArn $source; Register-FanOutTarget sqs other locked-by-aws -SourceArn $source").ThrowIfFailed();
        Assert.Equal(Sorted(ofTable, ofQueue), await KeysAsync(api));
        session.Run("Register-FanOutTarget sns topic locked -SourceArn $source -DeadLetter s3://locked/records").ThrowIfFailed();
        Assert.Equal(Sorted(ofTable, ofQueue, ofTopic, ofBucket), await KeysAsync(api));
        session.Run("Connect-FanOutSource -SourceArn $source -WarningAction Ignore").ThrowIfFailed();
        Assert.Equal(Sorted(ofTable, ofQueue, ofTopic, ofBucket, ofStream), await KeysAsync(api));

        // What was not looked at is found when the function is published again.
        session.Run("Register-FanOutTarget kinesis copy arn:aws:kinesis:us-east-1:123456789012:stream/locked-copy -SourceArn $source -SkipPolicy -WarningAction Ignore; Publish-FanOutFunction").ThrowIfFailed();
        Assert.Equal(Sorted(ofTable, ofQueue, ofTopic, ofBucket, ofStream, ofCopy), await KeysAsync(api));
    }

    private static JsonObject Attribute(string name) => new() { ["AttributeName"] = name, ["AttributeType"] = "S" };

    private static string[] Sorted(params string[] keys) => [.. keys.Order(StringComparer.Ordinal)];

    private static async Task<string> KeyAsync(ServiceApi api) => (string)(await api.JsonAsync("kms", "TrentService.CreateKey", []))["KeyMetadata"]!["Arn"]!;

    private static Task<JsonNode> EncryptAsync(ServiceApi api, string stream, string key) => api.JsonAsync(
        "kinesis", "Kinesis_20131202.StartStreamEncryption", new() { ["StreamName"] = stream, ["EncryptionType"] = "KMS", ["KeyId"] = key });

    private static async Task<string[]> KeysAsync(ServiceApi api)
    {
        XElement answer = await api.QueryAsync("iam", Iam, "GetRolePolicy", ("RoleName", "lockedRole"), ("PolicyName", "FanOut-locked"));
        JsonNode policy = JsonNode.Parse(Uri.UnescapeDataString(answer.Descendants().Single(static e => e.Name.LocalName == "PolicyDocument").Value))!;
        return [.. policy["Statement"]!.AsArray().Where(static s => (string)s!["Sid"]! == "UseKeys").SelectMany(static s => s!["Resource"]!.AsArray()).Select(static r => (string)r!)];
    }
}
