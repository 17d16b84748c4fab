using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Deployment.Policies;

public sealed class DestinationGrantsTests
{
    private const string Domain = "search-orders-abcdefghijklmnopqrstuvwxyz";

    [Theory]
    [InlineData(TargetType.Sns, "arn:aws:sns:eu-west-1:210987654321:news", "sns:Publish arn:aws:sns:eu-west-1:210987654321:news")]
    [InlineData(TargetType.Sns, "arn:aws:sns:us-east-1:123456789012:news.fifo", "sns:Publish arn:aws:sns:us-east-1:123456789012:news.fifo")]
    [InlineData(TargetType.Sqs, "arn:aws:sqs:eu-west-1:210987654321:q", "sqs:SendMessage arn:aws:sqs:eu-west-1:210987654321:q")]
    [InlineData(TargetType.Sqs, "https://sqs.eu-west-1.amazonaws.com/210987654321/q.fifo", "sqs:SendMessage arn:aws:sqs:eu-west-1:210987654321:q.fifo")]
    [InlineData(TargetType.Sqs, "https://queue.amazonaws.com/123456789012/q", "sqs:SendMessage arn:aws:sqs:us-east-1:123456789012:q")]
    [InlineData(TargetType.Sqs, "http://127.0.0.1:4566/queue/q", "sqs:SendMessage arn:aws:sqs:us-east-1:123456789012:q")]
    [InlineData(TargetType.Kinesis, "copy", "kinesis:PutRecords arn:aws:kinesis:us-east-1:123456789012:stream/copy")]
    [InlineData(TargetType.Kinesis, "arn:aws:kinesis:eu-west-1:210987654321:stream/copy", "kinesis:PutRecords arn:aws:kinesis:eu-west-1:210987654321:stream/copy")]
    [InlineData(TargetType.Firehose, "lake", "firehose:PutRecordBatch arn:aws:firehose:us-east-1:123456789012:deliverystream/lake")]
    [InlineData(TargetType.Iot, "abc-ats.iot.eu-west-1.amazonaws.com#orders/new", "iot:Publish arn:aws:iot:eu-west-1:123456789012:topic/orders/new")]
    [InlineData(TargetType.Iot, "abc-ats.iot.us-east-1.amazonaws.com#$aws/rules/r/${x}*?", "iot:Publish arn:aws:iot:us-east-1:123456789012:topic/$aws/rules/r/${$}{x}${*}${?}")]
    [InlineData(TargetType.Events, "arn:aws:events:eu-west-1:210987654321:event-bus/orders", "events:PutEvents arn:aws:events:eu-west-1:210987654321:event-bus/orders")]
    [InlineData(TargetType.States, "arn:aws:states:eu-west-1:210987654321:stateMachine:orders:live", "states:StartExecution arn:aws:states:eu-west-1:210987654321:stateMachine:orders")]
    [InlineData(TargetType.Lambda, "next", "lambda:InvokeFunction arn:aws:lambda:us-east-1:123456789012:function:next")]
    [InlineData(TargetType.Lambda, "210987654321:function:next", "lambda:InvokeFunction arn:aws:lambda:us-east-1:210987654321:function:next")]
    [InlineData(
        TargetType.Lambda,
        "arn:aws:lambda:eu-west-1:210987654321:function:next:live",
        "lambda:InvokeFunction arn:aws:lambda:eu-west-1:210987654321:function:next",
        "lambda:InvokeFunction arn:aws:lambda:eu-west-1:210987654321:function:next:live")]
    [InlineData(TargetType.Es, Domain + ".us-east-1.es.amazonaws.com#orders", "es:ESHttpPost arn:aws:es:us-east-1:123456789012:domain/orders/orders/_bulk")]
    [InlineData(TargetType.Es, Domain + ".aos.eu-west-1.on.aws#orders/doc", "es:ESHttpPost arn:aws:es:eu-west-1:123456789012:domain/orders/orders/doc/_bulk")]
    [InlineData(TargetType.Es, "vpc-my-logs-abcdefghijklmnopqrstuvwxyz.us-east-1.es.amazonaws.com#<log-{now/d}>", "es:ESHttpPost arn:aws:es:us-east-1:123456789012:domain/my-logs/<log-{now/d}>/_bulk")]
    [InlineData(TargetType.Es, "search.example.org#orders", "es:ESHttpPost arn:aws:es:us-east-1:123456789012:domain/*/orders/_bulk")]
    [InlineData(TargetType.Es, "0123456789abcdefghij.eu-west-1.aoss.amazonaws.com#orders", "aoss:APIAccessAll arn:aws:aoss:eu-west-1:123456789012:collection/0123456789abcdefghij")]
    [InlineData(TargetType.Iot, "abc-ats.iot.eu-west-1.amazonaws.com#devices/<data.id>/${x}*", "iot:Publish arn:aws:iot:eu-west-1:123456789012:topic/devices/*/${$}{x}${*}")]
    [InlineData(TargetType.Es, Domain + ".us-east-1.es.amazonaws.com#orders-<data.country>", "es:ESHttpPost arn:aws:es:us-east-1:123456789012:domain/orders/_bulk")]
    [InlineData(TargetType.Es, "search.example.org#orders-<data.country>/doc", "es:ESHttpPost arn:aws:es:us-east-1:123456789012:domain/*/_bulk")]
    [InlineData(TargetType.Memcached, "cache.example.org:11211")]
    [InlineData(TargetType.Redis, "rediss://user:password@cache.example.org:6379")]
    public void A_destination_gives_the_one_action_that_sends_there(TargetType type, string destination, params string[] allowed) =>
        Assert.Equal(allowed, ExecutionPolicy.Of(Given.Function(Given.Target(type, destination))).Allowed());

    [Fact]
    public void An_endpoint_needs_nothing_but_the_secret_of_its_headers()
    {
        const string Secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/key-a1B2c3", Role = "arn:aws:iam::210987654321:role/reader";
        Mapping plain = Given.Target(TargetType.Http, "https://api.example.com/orders"), withHeaders = plain with { HeadersSecret = Secret };

        Assert.Empty(ExecutionPolicy.Of(Given.Function(plain with { Role = Role })).Allowed());
        Assert.Equal([$"secretsmanager:GetSecretValue {Secret}"], ExecutionPolicy.Of(Given.Function(withHeaders)).Allowed());
        Assert.Equal([$"sts:AssumeRole {Role}"], ExecutionPolicy.Of(Given.Function(withHeaders with { Role = Role })).Allowed());
    }

    [Theory]
    [InlineData("aws-cn", "cn-north-1", TargetType.Kinesis, "copy", "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/copy")]
    [InlineData("aws-us-gov", "us-gov-west-1", TargetType.Lambda, "next", "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:next")]
    [InlineData("aws-eusc", "eusc-de-east-1", TargetType.Sqs, "https://sqs.eusc-de-east-1.amazonaws.eu/123456789012/q", "arn:aws-eusc:sqs:eusc-de-east-1:123456789012:q")]
    [InlineData("aws-cn", "cn-north-1", TargetType.Es, Domain + ".cn-north-1.es.amazonaws.com.cn#orders", "arn:aws-cn:es:cn-north-1:123456789012:domain/orders/orders/_bulk")]
    [InlineData("aws-cn", "cn-north-1", TargetType.Iot, "abc.iot.cn-north-1.amazonaws.com.cn#t", "arn:aws-cn:iot:cn-north-1:123456789012:topic/t")]
    [InlineData("aws-eusc", "eusc-de-east-1", TargetType.Firehose, "lake", "arn:aws-eusc:firehose:eusc-de-east-1:123456789012:deliverystream/lake")]
    public void Names_lie_in_the_partition_of_the_function(string partition, string region, TargetType type, string destination, string resource)
    {
        PolicyDocument policy = ExecutionPolicy.Of(Given.FunctionIn(partition, region, Given.Target(type, destination)));

        Assert.EndsWith(" " + resource, Assert.Single(policy.Allowed()), StringComparison.Ordinal);
        Assert.All(policy.Statements.SelectMany(static s => s.Resources).Where(static r => r != "*"), r => Assert.StartsWith($"arn:{partition}:", r, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_lies_in_the_region_of_its_mapping()
    {
        FunctionFacts facts = Given.Function(Given.Target(TargetType.Kinesis, "copy", region: "eu-west-1"), Given.Target(TargetType.Iot, "iot.example.org#t", region: "eu-west-2"));

        Assert.Equal(
            ["iot:Publish arn:aws:iot:eu-west-2:123456789012:topic/t", "kinesis:PutRecords arn:aws:kinesis:eu-west-1:123456789012:stream/copy"],
            ExecutionPolicy.Of(facts).Allowed());
    }

    [Theory]
    [InlineData(TargetType.Es, "search.example.org#orders", "domain")]
    [InlineData(TargetType.Es, "id.us-east-1.aoss.amazonaws.com#orders", "data access policy")]
    [InlineData(TargetType.Es, Domain + ".us-east-1.es.amazonaws.com#orders", null)]
    [InlineData(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:q", null)]
    public void What_cannot_be_known_is_said(TargetType type, string destination, string? said)
    {
        string? note = DestinationGrants.NoteOf(Given.Target(type, destination));

        Assert.Equal(said is null, note is null);
        Assert.Contains(said ?? "", note ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search-orders-abcdefghijklmnopqrstuvwxyz.us-east-1.es.amazonaws.com", "orders")]
    [InlineData("vpc-a-b-1-abcdefghijklmnopqrstuvwx12.cn-north-1.es.amazonaws.com.cn", "a-b-1")]
    [InlineData("search-orders-abcdefghijklmnopqrstuvwxyz.aos.us-east-1.on.aws", "orders")]
    [InlineData("search-orders-abcdefghijklmnopqrstuvwxy.us-east-1.es.amazonaws.com", null)]
    [InlineData("orders-abcdefghijklmnopqrstuvwxyz.us-east-1.es.amazonaws.com", null)]
    [InlineData("search-orders-abcdefghijklmnopqrstuvwxyz.example.org", null)]
    public void A_host_tells_the_name_of_its_domain(string host, string? name)
    {
        DomainName.TryRead(host, out string? read);

        Assert.Equal(name, read);
    }
}
