using System.Text;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Policies;
using FanOut.LocalCloud.Sts;

namespace FanOut.Tests.LocalCloud.Policies;

public sealed class AccessControlTests : IAsyncDisposable
{
    private const string Account = "123456789012";
    private const string TrustAll = """{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"}}}""";

    private readonly Cloud _cloud = Cloud.Start(new CloudOptions { EnforcePolicies = true });
    private readonly LambdaService _lambda;
    private readonly IamRole _role;
    private readonly AwsHttp _session;

    public AccessControlTests()
    {
        _lambda = new LambdaService(LambdaServiceOptions.Of(_cloud));
        _cloud.Add(_lambda);
        _role = _cloud.Iam.CreateRole("r", TrustAll, "/p/");
        RoleSession session = _cloud.Sts.Open(_role, "me", TimeSpan.FromHours(1));
        _session = new AwsHttp(_cloud) { AccessKeyId = session.AccessKeyId, SessionToken = session.SessionToken };
        _cloud.Kinesis.CreateStream("s");
        _cloud.Dynamo.CreateTable("t", "id");
        _cloud.Dynamo.CreateTable("u", "id");
        _cloud.Sqs.CreateQueue("q");
        _cloud.Sns.CreateTopic("n");
        _cloud.Firehose.CreateDeliveryStream("d");
        _cloud.OpenSearch.CreateDomain("search");
        _lambda.Add("f", new RecordingFunction());
    }

    public static TheoryData<string, string, string, string> Calls => new()
    {
        { "kinesis", "kinesis:PutRecords", "arn:aws:kinesis:us-east-1:123456789012:stream/s", "AccessDeniedException" },
        { "dynamodb", "dynamodb:Query", "arn:aws:dynamodb:us-east-1:123456789012:table/t", "AccessDeniedException" },
        { "sqs", "sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:q", "AccessDeniedException" },
        { "sns", "sns:Publish", "arn:aws:sns:us-east-1:123456789012:n", "AuthorizationError" },
        { "firehose", "firehose:PutRecordBatch", "arn:aws:firehose:us-east-1:123456789012:deliverystream/d", "AccessDeniedException" },
        { "iotdata", "iot:Publish", "arn:aws:iot:us-east-1:123456789012:topic/a/b", "ForbiddenException" },
        { "es", "es:ESHttpPost", "arn:aws:es:us-east-1:123456789012:domain/search/i/_bulk", "403" },
        { "monitoring", "cloudwatch:PutMetricData", "*", "AccessDenied" },
        { "lambda", "lambda:InvokeFunction", "arn:aws:lambda:us-east-1:123456789012:function:f:live", "AccessDeniedException" },
        { "sts", "sts:AssumeRole", "arn:aws:iam::123456789012:role/p/r", "AccessDenied" },
        { "logs", "logs:PutRetentionPolicy", "arn:aws:logs:us-east-1:123456789012:log-group:g:log-stream:", "AccessDeniedException" },
        { "iam", "iam:GetRole", "arn:aws:iam::123456789012:role/p/r", "AccessDenied" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_needs_its_action_on_its_resource(string service, string action, string resource, string error)
    {
        Answer without = await CallAsync(service);
        _role.PutPolicy("p", $$$$$"""{"Statement":{"Effect":"Allow","Action":"{{{{{action}}}}}","Resource":"{{{{{resource}}}}}"}}""");
        Answer with = await CallAsync(service);

        string spelled = service switch { "sns" => "SNS:Publish", "sqs" => "sqs:sendmessage", _ => action };
        string on = resource == "*" ? "" : $" on resource: {resource}";
        Assert.Equal(error, service == "es" ? $"{without.Status}" : without.Error);
        Assert.Contains($"User: arn:aws:sts::{Account}:assumed-role/r/me is not authorized to perform: {spelled}{on} because no identity-based policy allows the {spelled} action", without.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("not authorized", with.Text, StringComparison.Ordinal);
        Assert.Equal(
            [new AccessCheck(_role.Arn, action, resource, AccessDecision.ImplicitDeny), new AccessCheck(_role.Arn, action, resource, AccessDecision.Allowed)],
            _cloud.AccessChecks);
    }

    [Fact]
    public async Task A_denial_wins_and_is_told()
    {
        _role.PutPolicy("p", """{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"kinesis:Put*","Resource":"*"}]}""");

        Answer answer = await CallAsync("kinesis");

        Assert.Contains("with an explicit deny in an identity-based policy", answer.Text, StringComparison.Ordinal);
        Assert.Empty(_cloud.Kinesis.Received);
    }

    [Theory]
    [InlineData("GetItem", """{"TableName":"t","Key":{"id":{"S":"#progress:a"}}}""", true)]
    [InlineData("GetItem", """{"TableName":"t","Key":{"id":{"S":"a"}}}""", false)]
    [InlineData("PutItem", """{"TableName":"t","Item":{"id":{"S":"#progress:a"},"n":{"N":"1"}}}""", true)]
    [InlineData("PutItem", """{"TableName":"t","Item":{"id":{"S":"x#progress:a"},"n":{"N":"1"}}}""", false)]
    [InlineData("DeleteItem", """{"TableName":"t","Key":{"id":{"S":"a"}}}""", false)]
    [InlineData("Query", """{"TableName":"t","KeyConditionExpression":"id = :a","ExpressionAttributeValues":{":a":{"S":"#progress:a"}}}""", false)]
    public async Task Items_can_be_allowed_by_their_partition_key(string operation, string body, bool isAllowed)
    {
        _role.PutPolicy("p", """{"Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"arn:aws:dynamodb:us-east-1:123456789012:table/t","Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["#progress:*"]}}}}""");

        Answer answer = await _session.DynamoAsync(operation, body);

        Assert.Equal(isAllowed ? null : "AccessDeniedException", answer.Error);
    }

    [Theory]
    [InlineData("PutObject", "PUT", "/letters/of/mine/1", true)]
    [InlineData("PutObject", "PUT", "/letters/of/others/1", false)]
    [InlineData("GetObject", "GET", "/letters/of/mine/1", false)]
    [InlineData("ListBucket", "GET", "/letters?list-type=2", false)]
    public async Task Objects_can_be_allowed_by_what_their_keys_start_with(string action, string method, string path, bool isAllowed)
    {
        _cloud.S3.CreateBucket("letters");
        _role.PutPolicy("p", """{"Statement":{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::letters/of/mine/*"}}""");

        Answer answer = await _session.SendAsync(
            "s3", new HttpMethod(method), path, [], change: r => r.Headers.Add("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));

        Assert.Equal(isAllowed ? 200 : 403, answer.Status);
        Assert.Equal($"s3:{action}", Assert.Single(_cloud.AccessChecks).Action);
    }

    [Fact]
    public async Task A_batch_write_needs_every_table()
    {
        _role.PutPolicy("p", """{"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:dynamodb:us-east-1:123456789012:table/t"}}""");

        Answer answer = await _session.DynamoAsync(
            "BatchWriteItem", """{"RequestItems":{"t":[{"PutRequest":{"Item":{"id":{"S":"1"}}}}],"u":[{"PutRequest":{"Item":{"id":{"S":"1"}}}}]}}""");

        Assert.Equal("AccessDeniedException", answer.Error);
        Assert.Equal(0, _cloud.Dynamo.Find("t")!.Count);
    }

    [Fact]
    public async Task A_function_is_made_only_by_who_may_pass_its_role()
    {
        _role.PutPolicy("p", """{"Statement":{"Effect":"Allow","Action":"lambda:*","Resource":"*"}}""");

        Answer answer = await _session.SendAsync(
            "lambda", HttpMethod.Post, "/2015-03-31/functions", Encoding.UTF8.GetBytes($$"""{"FunctionName":"g","Role":"{{_role.Arn}}"}"""), "application/json");

        Assert.Contains($"iam:PassRole on resource: {_role.Arn}", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_of_a_role_that_is_gone_can_do_nothing()
    {
        _role.PutPolicy("p", """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
        Assert.Null((await CallAsync("kinesis")).Error);

        await _session.QueryAsync("iam", ("Action", "DeleteRolePolicy"), ("RoleName", "r"), ("PolicyName", "p"));
        using AwsHttp root = new(_cloud);
        await root.QueryAsync("iam", ("Action", "DeleteRolePolicy"), ("RoleName", "r"), ("PolicyName", "p"));
        await root.QueryAsync("iam", ("Action", "DeleteRole"), ("RoleName", "r"));

        Assert.Null(_cloud.Iam.Find("r"));
        Assert.Equal("AccessDeniedException", (await CallAsync("kinesis")).Error);
    }

    [Fact]
    public async Task The_accounts_own_keys_and_declared_roles_may_do_everything()
    {
        _cloud.Sts.AddRole("arn:aws:iam::123456789012:role/declared");
        using AwsHttp root = new(_cloud);
        Answer assumed = await root.QueryAsync("sts", ("Action", "AssumeRole"), ("RoleArn", "arn:aws:iam::123456789012:role/declared"), ("RoleSessionName", "s"));
        using AwsHttp declared = new(_cloud) { AccessKeyId = assumed.Xml("AccessKeyId")!, SessionToken = assumed.Xml("SessionToken") };

        Assert.Null((await CallAsync("kinesis", root)).Error);
        Assert.Null((await CallAsync("kinesis", declared)).Error);
        Assert.Empty(_cloud.AccessChecks);
    }

    [Fact]
    public async Task Without_enforcement_nothing_is_asked()
    {
        await using Cloud free = Cloud.Start();
        free.Kinesis.CreateStream("s");
        RoleSession session = free.Sts.Open(free.Iam.CreateRole("r", TrustAll), "me", TimeSpan.FromHours(1));
        using AwsHttp caller = new(free) { AccessKeyId = session.AccessKeyId, SessionToken = session.SessionToken };

        Assert.Null((await CallAsync("kinesis", caller)).Error);
        Assert.Empty(free.AccessChecks);
    }

    [Fact]
    public void A_policy_that_is_too_wide_can_be_told()
    {
        _role.PutPolicy("p", """{"Statement":{"Effect":"Allow","Action":"kinesis:PutRecords","Resource":"*"}}""");

        Assert.Equal(AccessDecision.Allowed, _role.Decide("kinesis:PutRecords", "arn:aws:kinesis:us-east-1:123456789012:stream/another"));
        Assert.Equal(AccessDecision.ImplicitDeny, _role.Decide("kinesis:GetRecords", "arn:aws:kinesis:us-east-1:123456789012:stream/another"));
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _cloud.DisposeAsync();
        await _lambda.DisposeAsync();
    }

    private Task<Answer> CallAsync(string service, AwsHttp? caller = null) => (caller ?? _session) is var aws ? service switch
    {
        "kinesis" => aws.KinesisAsync("PutRecords", """{"StreamName":"s","Records":[{"Data":"eA==","PartitionKey":"k"}]}"""),
        "dynamodb" => aws.DynamoAsync("Query", """{"TableName":"t","KeyConditionExpression":"id = :i","ExpressionAttributeValues":{":i":{"S":"1"}}}"""),
        "sqs" => aws.SqsAsync("SendMessageBatch", """{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/123456789012/q","Entries":[{"Id":"1","MessageBody":"m"}]}"""),
        "sns" => aws.QueryAsync("sns", ("Action", "PublishBatch"), ("TopicArn", "arn:aws:sns:us-east-1:123456789012:n"), ("PublishBatchRequestEntries.member.1.Id", "1"), ("PublishBatchRequestEntries.member.1.Message", "m")),
        "firehose" => aws.FirehoseAsync("PutRecordBatch", """{"DeliveryStreamName":"d","Records":[{"Data":"eA=="}]}"""),
        "iotdata" => aws.SendAsync("iotdata", HttpMethod.Post, "/topics/a%2Fb", [1], "application/octet-stream"),
        "es" => aws.BulkAsync("/i/_bulk", "{\"index\":{}}\n{}\n"),
        "monitoring" => aws.QueryAsync("monitoring", ("Action", "PutMetricData"), ("Namespace", "N"), ("MetricData.member.1.MetricName", "m"), ("MetricData.member.1.Value", "1")),
        "lambda" => aws.SendAsync("lambda", HttpMethod.Post, "/2015-03-31/functions/f/invocations?Qualifier=live", Encoding.UTF8.GetBytes("{}"), "application/json"),
        "sts" => aws.QueryAsync("sts", ("Action", "AssumeRole"), ("RoleArn", _role.Arn), ("RoleSessionName", "s")),
        "logs" => aws.JsonAsync("logs", "Logs_20140328.PutRetentionPolicy", """{"logGroupName":"g","retentionInDays":1}"""),
        _ => aws.QueryAsync("iam", ("Action", "GetRole"), ("RoleName", "r")),
    } : throw new InvalidOperationException();
}
