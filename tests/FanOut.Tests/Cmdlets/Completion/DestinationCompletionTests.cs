using FanOut.LocalCloud.Ec2;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Completion;

/// <summary>Tab on destinations, and on the other names that AWS knows.</summary>
public sealed class DestinationCompletionTests : IAsyncDisposable
{
    private const string Lambda = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private readonly CloudSession _session = new();

    public DestinationCompletionTests()
    {
        _session.Cloud.Sns.CreateTopic("news");
        _session.Cloud.Sqs.CreateQueue("archive");
        _session.Cloud.Sqs.CreateQueue("failed.fifo", new Dictionary<string, string> { ["FifoQueue"] = "true" });
        _session.Cloud.Kinesis.CreateStream("copy");
        _session.Cloud.Firehose.CreateDeliveryStream("to-s3");
        _session.Cloud.EventBridge.CreateEventBus("orders");
        _session.Cloud.StepFunctions.CreateStateMachine("bill");
        _session.Cloud.OpenSearch.CreateDomain("search");
        _session.Cloud.ElastiCache.CreateMemcachedCluster("sessions");
        _session.Cloud.ElastiCache.CreateServerlessCache("sessions-2", "memcached");
        _session.Cloud.ElastiCache.CreateReplicationGroup("carts", transitEncryption: true);
        _session.Cloud.ElastiCache.CreateCluster("single");
        _session.Cloud.ElastiCache.CreateServerlessCache("any");
        _session.Lambda.Add("audit", new RecordingFunction());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("sns", "", "^news$")]
    [InlineData("sns", "arn:", "^arn:aws:sns:us-east-1:123456789012:news$")]
    [InlineData("sqs", "", "^archive failed.fifo$")]
    [InlineData("sqs", "ARCH", "^archive$")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:123456789012:f", "^arn:aws:sqs:us-east-1:123456789012:failed.fifo$")]
    [InlineData("es", "", "^search$")]
    [InlineData("kinesis", "", "^copy orders$")]
    [InlineData("kinesis", "arn:", "^arn:aws:kinesis:us-east-1:123456789012:stream/copy arn:aws:kinesis:us-east-1:123456789012:stream/orders$")]
    [InlineData("firehose", "", "^to-s3$")]
    [InlineData("firehose", "arn:", "^arn:aws:firehose:us-east-1:123456789012:deliverystream/to-s3$")]
    [InlineData("iot", "", @"^\S+-ats\.iot\.us-east-1\.amazonaws\.com#$")]
    [InlineData("lambda", "", "^audit$")]
    [InlineData("lambda", "arn:", "^arn:aws:lambda:us-east-1:123456789012:function:audit$")]
    [InlineData("events", "", "^default orders$")]
    [InlineData("events", "arn:", "^arn:aws:events:us-east-1:123456789012:event-bus/default arn:aws:events:us-east-1:123456789012:event-bus/orders$")]
    [InlineData("states", "", "^bill$")]
    [InlineData("states", "arn:", "^arn:aws:states:us-east-1:123456789012:stateMachine:bill$")]
    [InlineData("memcached", "", "^sessions sessions-2$")]
    [InlineData("memcached", "sessions.", @"^sessions\.\S+\.cfg\.use1\.cache\.amazonaws\.com:11211$")]
    [InlineData("redis", "", "^any carts single$")]
    [InlineData("redis", "rediss:", @"^rediss://any-\S+:6379 rediss://master\.carts\.\S+:6379$")]
    public void Destinations_are_those_of_the_type(string type, string word, string expected)
    {
        string[] lines = [$"Register-FanOutTarget -Type {type} -Id a -Destination {word}", $"Register-FanOutTarget {type} a {word}"];

        Assert.All(lines, l => Assert.Matches(expected, string.Join(' ', Texts(l))));
    }

    [Theory]
    [InlineData("-Type sqs ", "arn:aws:sqs:us-east-1:123456789012:archive arn:aws:sqs:us-east-1:123456789012:failed.fifo")]
    [InlineData("-Type firehose ", "arn:aws:firehose:us-east-1:123456789012:deliverystream/to-s3")]
    [InlineData("a -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/orders ", "arn:aws:sqs:us-east-1:123456789012:archive arn:aws:sqs:us-east-1:123456789012:failed.fifo")]
    [InlineData("", "")]
    public void Where_no_name_is_looked_up_they_are_offered_in_full(string typed, string expected)
    {
        _session.Register("a");

        Assert.Equal(expected, string.Join(' ', Texts($"Set-FanOutTarget {typed}-Destination ")));
    }

    [Fact]
    public void A_domain_in_full_is_its_endpoint() => Assert.Matches(@"^\S+\.us-east-1\.es\.amazonaws\.com#$", Assert.Single(Texts("Set-FanOutTarget -Type es -Destination ")));

    [Fact]
    public void They_are_looked_for_where_the_target_sends()
    {
        _session.Cloud.Sqs.CreateQueue("irish", region: "eu-west-1");
        _session.Cloud.Sqs.CreateQueue("foreign", accountId: "210987654321");
        _session.Cloud.Sts.AddRole("arn:aws:iam::210987654321:role/writer", "ext-1");

        Assert.Equal(["irish"], Texts("Register-FanOutTarget sqs a -DestinationRegion eu-west-1 -Destination "));
        Assert.Equal(["foreign"], Texts("Register-FanOutTarget sqs a -DestinationRoleArn arn:aws:iam::210987654321:role/writer -ExternalId ext-1 -Destination "));
        Assert.Empty(Texts("Register-FanOutTarget sqs a -DestinationRoleArn arn:aws:iam::210987654321:role/writer -Destination "));
    }

    [Fact]
    public void What_the_user_may_not_list_leaves_the_rest()
    {
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "DescribeReplicationGroups" });

        Assert.Equal(["any", "single"], Texts("Register-FanOutTarget redis a "));
        Assert.Equal("0", $"{_session.Run("$Error.Count").Output[0]}");
    }

    [Theory]
    [InlineData("Register-FanOutTarget -DeadLetter ", "'s3://far?region=eu-west-1'", "s3://near")]
    [InlineData("Set-FanOutTarget -DeadLetter ", "'s3://far?region=eu-west-1'", "s3://near")]
    [InlineData("Register-FanOutTarget -DeadLetter s3://n", "s3://near")]
    [InlineData("Connect-FanOutSource -OnFailureDestination ", "arn:aws:s3:::far", "arn:aws:s3:::near")]
    public void Failed_records_go_to_queues_topics_and_buckets(string typed, params string[] buckets)
    {
        _session.Cloud.S3.CreateBucket("near");
        _session.Cloud.S3.CreateBucket("far", "eu-west-1");

        string[] others = ["arn:aws:sns:us-east-1:123456789012:news", "arn:aws:sqs:us-east-1:123456789012:archive", "arn:aws:sqs:us-east-1:123456789012:failed.fifo"];
        Assert.Equal([.. buckets.Concat(typed.EndsWith(' ') ? others : []).OrderBy(static t => t.Trim('\''), StringComparer.OrdinalIgnoreCase)], Texts(typed));

        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "s3" });
        Assert.Equal(typed.EndsWith(' ') ? others : [], Texts(typed));
    }

    [Fact]
    public void Names_that_AWS_knows_are_offered()
    {
        _session.Cloud.Iam.CreateRole("fanoutRole", Lambda);
        _session.Cloud.Iam.CreateRole("forMachines", Lambda.Replace("lambda.", "ec2.", StringComparison.Ordinal));
        _session.Cloud.Ec2.Add(new Ec2Subnet("subnet-1", "vpc-1", "10.0.1.0/24", "us-east-1a") { Name = "private-a" });
        _session.Cloud.Ec2.Add(new Ec2Subnet("subnet-2", "vpc-2", "10.0.2.0/24", "us-east-1b"));
        _session.Cloud.Ec2.Add(new Ec2SecurityGroup("sg-1", "vpc-1", "web", "for the web"));
        _session.Cloud.Ec2.Add(new Ec2SecurityGroup("sg-2", "vpc-2", "db", "for tables"));
        _session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "audit", new EventSourceMappingOptions { StartingPosition = StartingPosition.Latest });
        _session.Run($"Register-FanOutTarget sqs a arn:aws:sqs:us-east-1:210987654321:q -DestinationRoleArn arn:aws:iam::210987654321:role/writer -SourceArn {CloudSession.Orders}").ThrowIfFailed();

        Assert.Equal(["fanoutRole"], Texts("Publish-FanOutFunction -Role "));
        Assert.Equal(["arn:aws:iam::123456789012:role/fanoutRole"], Texts("Publish-FanOutFunction -Role arn:"));
        Assert.Equal(["arn:aws:iam::210987654321:role/writer"], Texts("Register-FanOutTarget -DestinationRoleArn "));
        Assert.Equal(["fanoutTargets"], Texts("Get-FanOutTarget -TableName "));
        Assert.Equal([.. _session.Lambda.EventSourceMappings.Keys.Select(static k => $"{k}")], Texts("Suspend-FanOutSource -FunctionName audit -Uuid "));
        Assert.Equal(
            [("subnet-1", "private-a, us-east-1a, 10.0.1.0/24 of vpc-1"), ("subnet-2", "subnet, us-east-1b, 10.0.2.0/24 of vpc-2")],
            Completed.At(_session.PowerShell, "Publish-FanOutFunction -Subnet "));
        Assert.Equal(["subnet-2"], Texts("Publish-FanOutFunction -Subnet subnet-1, subnet-2"));
        Assert.Equal(["sg-1", "sg-2"], Texts("Publish-FanOutFunction -SecurityGroup "));
        Assert.Equal([("sg-2", "db of vpc-2: for tables")], Completed.At(_session.PowerShell, "Publish-FanOutFunction -Subnet subnet-2 -SecurityGroup "));
    }

    [Theory]
    [InlineData("Publish-FanOutFunction -Runtime ", "provided.al2023 dotnet10")]
    [InlineData("Publish-FanOutFunction -Architecture ", "arm64 x86_64")]
    [InlineData("Publish-FanOutFunction -Metrics ", "cloudwatch emf none")]
    [InlineData("Publish-FanOutFunction -LogRetentionDays 3", "3 30 365 3288 3653")]
    [InlineData("Connect-FanOutSource -StartingPosition ", "AtTimestamp Latest TrimHorizon")]
    public void Values_of_a_set_are_offered(string typed, string expected) => Assert.Equal(expected, string.Join(' ', Texts(typed)));

    [Theory]
    [InlineData("-Metrics cloudwach", "'cloudwach' is not one of cloudwatch, emf, none.")]
    [InlineData("-Architecture arm", "'arm' is not one of arm64, x86_64.")]
    [InlineData("-LogRetentionDays 8", "CloudWatch Logs cannot keep logs for 8 days, but for 1, 3, 5, 7, 14, ")]
    public void Other_values_are_refused_before_any_call(string parameter, string problem)
    {
        Assert.Contains(problem, _session.Run($"Publish-FanOutFunction {parameter}").Error().ToString(), StringComparison.Ordinal);
        Assert.Empty(_session.Calls);
    }

    private IReadOnlyList<string> Texts(string typed) => Completed.Texts(_session.PowerShell, typed);
}
