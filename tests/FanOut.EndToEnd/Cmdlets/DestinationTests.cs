using System.Management.Automation;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Destinations by name, looked up at moto. It tells no endpoint of a cluster of ElastiCache, only those of replication groups.</summary>
public sealed class DestinationTests(MotoServer moto)
{
    [Fact]
    public async Task A_name_of_each_type_becomes_the_destination_with_the_limit_of_the_resource()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "named");
        await CreateAsync(session);
        // Old queues have this limit.
        await session.Api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "named-old", ["Attributes"] = new JsonObject { ["MaximumMessageSize"] = "262144" } });

        session.Run("""
            $common = @{ Source = 'named'; SourceType = 'Kinesis' }
            Register-FanOutTarget sns sns named @common
            Register-FanOutTarget sqs sqs named @common
            Register-FanOutTarget sqs old named-old @common
            Register-FanOutTarget kinesis kinesis named-copy @common
            Register-FanOutTarget firehose firehose named @common
            Register-FanOutTarget lambda lambda named-worker @common
            Register-FanOutTarget iot iot named/topic @common
            Register-FanOutTarget events events named @common
            Register-FanOutTarget events default default @common
            Register-FanOutTarget states states named @common
            Register-FanOutTarget redis plain named-plain @common
            Register-FanOutTarget redis cluster named-cluster @common
            Register-FanOutTarget es opensearch named-os -Index orders @common
            Register-FanOutTarget es elasticsearch named-es -Index orders/order @common
            """).ThrowIfFailed();

        Dictionary<string, JsonNode> rows = (await session.RowsAsync()).ToDictionary(row => row.Text("id")!);
        Assert.Equal(
            [
                "arn:aws:sns:us-east-1:123456789012:named", "arn:aws:kinesis:us-east-1:123456789012:stream/named-copy",
                "arn:aws:firehose:us-east-1:123456789012:deliverystream/named", "arn:aws:lambda:us-east-1:123456789012:function:named-worker",
                "arn:aws:events:us-east-1:123456789012:event-bus/named", "arn:aws:events:us-east-1:123456789012:event-bus/default",
                "arn:aws:states:us-east-1:123456789012:stateMachine:named",
            ],
            new[] { "sns", "kinesis", "firehose", "lambda", "events", "default", "states" }.Select(id => rows[id].Text("destination")));
        Assert.EndsWith("/123456789012/named", rows["sqs"].Text("destination"), StringComparison.Ordinal);
        Assert.Equal(("1048576", "262144"), (rows["sqs"].Number("maxItemBytes"), rows["old"].Number("maxItemBytes")));
        Assert.Matches(@"^[a-z0-9]+-ats\.iot\.us-east-1\.amazonaws\.com#named/topic$", rows["iot"].Text("destination"));
        Assert.Matches(@"^redis://.*named-plain.*:6379$|^[^/]*named-plain.*:6379$", rows["plain"].Text("destination"));
        Assert.Matches("^rediss://.*named-cluster.*:6379$", rows["cluster"].Text("destination"));
        Assert.Equal(("named-os.us-east-1.es.amazonaws.com#orders", "named-es.us-east-1.es.amazonaws.com#orders/order"), (rows["opensearch"].Text("destination"), rows["elasticsearch"].Text("destination")));
    }

    // Not redis and memcached: for names it does not know they ask for serverless caches too, which moto does not have.
    [Theory]
    [InlineData("sns", "")]
    [InlineData("sqs", "")]
    [InlineData("kinesis", "")]
    [InlineData("firehose", "")]
    [InlineData("lambda", "")]
    [InlineData("events", "")]
    [InlineData("states", "")]
    [InlineData("es", "-Index orders")]
    public async Task A_name_that_does_not_exist_is_told_and_nothing_is_written(string type, string more)
    {
        using MotoSession session = await MotoSession.StartAsync(moto, $"absent-{type}");

        ErrorRecord error = session.Run($"Register-FanOutTarget {type} t1 absent {more} -SourceArn $source").Error();

        Assert.Equal(
            ("DestinationNotFound,FanOut.Commands.RegisterFanOutTargetCommand", ErrorCategory.ObjectNotFound, "absent"),
            (error.FullyQualifiedErrorId, error.CategoryInfo.Category, error.TargetObject));
        Assert.Contains("'absent' in us-east-1 (looked up as access key test)", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(await session.RowsAsync());
    }

    [Theory]
    [InlineData("Get-FanOutTarget absent -SourceArn $source", "TargetNotFound")]
    [InlineData("Enable-FanOutTarget absent -SourceArn $source", "TargetNotFound")]
    [InlineData("Disable-FanOutTarget absent -SourceArn $source", "TargetNotFound")]
    [InlineData("Set-FanOutTarget absent -SourceArn $source -Collapse none", "TargetNotFound")]
    [InlineData("Unregister-FanOutTarget absent -SourceArn $source -Confirm:$false", "TargetNotFound")]
    [InlineData("Get-FanOutTarget -Source absent -SourceType Kinesis", "SourceNotFound")]
    [InlineData("Get-FanOutTarget -Source absent -SourceType DynamoDB", "SourceNotFound")]
    [InlineData("Get-FanOutTarget -TableName absent", "TableNotFound")]
    [InlineData("Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -SourceArn $source -TableName absent", "TableNotFound")]
    public async Task What_is_not_there_is_an_error_of_its_kind(string script, string id)
    {
        using MotoSession session = await MotoSession.StartAsync(moto, $"missing-{Guid.NewGuid():N}");

        ErrorRecord error = session.Run(script).Error();

        Assert.StartsWith($"{id},FanOut.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Contains("(looked up as access key test)", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("us-gov-west-1", "aws-us-gov")]
    public async Task Other_partitions_work_like_the_first(string region, string partition)
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "partition", region, partition);
        await session.Api.QueryAsync("sns", "2010-03-31", "CreateTopic", ("Name", "partition"));
        await session.Api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "partition" });
        await session.CreateStreamAsync("partition-copy");

        session.Run("""
            $common = @{ Source = 'partition'; SourceType = 'Kinesis' }
            Register-FanOutTarget sns sns partition @common
            Register-FanOutTarget sqs sqs partition @common
            Register-FanOutTarget kinesis kinesis partition-copy @common
            Get-FanOutTarget | Enable-FanOutTarget
            """).ThrowIfFailed();

        Dictionary<string, JsonNode> rows = (await session.RowsAsync()).ToDictionary(row => row.Text("id")!);
        Assert.Equal(
            ($"arn:{partition}:sns:{region}:123456789012:partition", $"arn:{partition}:kinesis:{region}:123456789012:stream/partition-copy"),
            (rows["sns"].Text("destination"), rows["kinesis"].Text("destination")));
        Assert.EndsWith("/123456789012/partition", rows["sqs"].Text("destination"), StringComparison.Ordinal);
        Assert.DoesNotContain(rows.Values, row => row.Text("sourceArn") != session.Source || row.Flag("active") != true);
    }

    private static async Task CreateAsync(MotoSession session)
    {
        ServiceApi api = session.Api;
        await api.QueryAsync("sns", "2010-03-31", "CreateTopic", ("Name", "named"));
        await api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "named" });
        await session.CreateStreamAsync("named-copy");
        await api.RestAsync(HttpMethod.Put, "s3", "/named");
        await api.JsonAsync("firehose", "Firehose_20150804.CreateDeliveryStream", new()
        {
            ["DeliveryStreamName"] = "named",
            ["ExtendedS3DestinationConfiguration"] = new JsonObject { ["RoleARN"] = $"arn:aws:iam::{Emulated.Account}:role/firehose", ["BucketARN"] = "arn:aws:s3:::named" },
        });
        await api.JsonAsync("events", "AWSEvents.CreateEventBus", new() { ["Name"] = "named" });
        await StepFunctionsTests.CreateAsync(api, "named");
        await LambdaFunction.CreateAsync(api, "named-worker");
        await CreateCacheAsync(api, "named-plain", "1", []);
        await CreateCacheAsync(api, "named-cluster", "2", [("ClusterMode", "enabled"), ("CacheParameterGroupName", "default.redis7.cluster.on"), ("TransitEncryptionEnabled", "true")]);
        await CreateDomainAsync(api, "/2021-01-01/opensearch/domain", new() { ["DomainName"] = "named-os", ["EngineVersion"] = "OpenSearch_2.19" });
        await CreateDomainAsync(api, "/2015-01-01/es/domain", new() { ["DomainName"] = "named-es", ["ElasticsearchVersion"] = "7.10" });
    }

    private static Task<XElement> CreateCacheAsync(ServiceApi api, string id, string shards, (string, string)[] more) => api.QueryAsync(
        "elasticache", "2015-02-02", "CreateReplicationGroup",
        [
            ("ReplicationGroupId", id), ("ReplicationGroupDescription", "d"), ("Engine", "redis"), ("CacheNodeType", "cache.t3.micro"), ("NumNodeGroups", shards),
            ("ReplicasPerNodeGroup", "1"), ("AutomaticFailoverEnabled", "true"), .. more,
        ]);

    private static Task<byte[]> CreateDomainAsync(ServiceApi api, string path, JsonObject domain) =>
        api.RestAsync(HttpMethod.Post, "es", path, Encoding.UTF8.GetBytes(domain.ToJsonString()));
}
