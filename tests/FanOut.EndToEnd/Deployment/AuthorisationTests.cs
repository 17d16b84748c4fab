using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.EndToEnd.Bootstrap;
using FanOut.EndToEnd.Cmdlets;
using FanOut.EndToEnd.Engine;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.EndToEnd.Deployment;

/// <summary>moto checks signatures and policies: those that the module prints allow all that is called, and nothing beside it.</summary>
/// <remarks>
/// What moto makes of a policy: <see cref="MotoPolicy"/>. OpenSearch's data plane it does not have; caches know no policies. It signs paths anew as its
/// web framework decoded them, so only those without escapes pass: a topic of one level, a function by its name,
/// and no look-up of IoT's endpoint.
/// </remarks>
public sealed class AuthorisationTests(AuthorisedMoto moto) : IClassFixture<AuthorisedMoto>
{
    [Fact]
    public async Task The_function_may_do_what_it_does_and_nothing_else()
    {
        using MotoSession session = await moto.StartAsync("allowed", "allowed-all");
        ServiceApi api = session.Api;
        XElement root = await api.QueryAsync("sts", "2011-06-15", "AssumeRole", ("RoleArn", AuthorisedMoto.WriterArn), ("RoleSessionName", "other"));
        using ServiceApi other = new(session.Endpoint, AuthorisedMoto.Text(root, "AccessKeyId"));
        await KinesisStream.CreateAsync(other, "theirs", shards: 1);
        using Queue others = await Queue.CreateAsync(session.Endpoint, "allowed-others");
        string few = StreamEvent.StreamArn("few");
        session.Run($"""
            Publish-FanOutFunction -Metrics cloudwatch | Out-Null
            Connect-FanOutSource @stream -WarningAction Ignore | Out-Null
            Register-FanOutTarget sns sns allowed-all -Enabled @stream
            Register-FanOutTarget sqs sqs allowed-all -Enabled @stream
            Register-FanOutTarget kinesis kinesis allowed-all -Enabled @stream
            Register-FanOutTarget firehose firehose allowed-all -Enabled @stream
            Register-FanOutTarget iot iot '{session.Endpoint.GetLeftPart(UriPartial.Authority)}#allowed' -Enabled @stream
            Register-FanOutTarget kinesis theirs arn:aws:kinesis:us-east-1:{AuthorisedMoto.OtherAccount}:stream/theirs -DestinationRoleArn {AuthorisedMoto.WriterArn} -ExternalId ext-1 -Enabled @stream
            Register-FanOutTarget sqs few allowed-all -Enabled -SourceArn {few}
            """).ThrowIfFailed();
        await MappingTable.AddAsync(api, session.Table, session.Source, "lambda", "allowed-all");
        string Document(string kind, string role) => (string)session.Run($"Get-FanOutPolicy -PolicyType {kind} | Where-Object RoleArn -eq {role}").Property("Document")!;
        await AuthorisedMoto.CreateRoleAsync(other, "writer", Document("Trust", AuthorisedMoto.WriterArn));
        await AuthorisedMoto.AssumeAsync(other, AuthorisedMoto.OtherAccount, "writer", Document("TargetRole", AuthorisedMoto.WriterArn));
        (string key, string secret, string token) = await AuthorisedMoto.AssumeAsync(
            api, Emulated.Account, "allowedRole", Document("ExecutionRole", "arn:aws:iam::123456789012:role/allowedRole"));
        await moto.Server.ResetAuthAsync(0);

        await using LocalFunction function = new(new()
        {
            Name = "allowed",
            Program = BootstrapProgram.Path,
            EndpointUrl = session.Endpoint,
            Region = Emulated.Region,
            Timeout = TimeSpan.FromSeconds(60),
            AccessKeyId = key,
            SecretAccessKey = secret,
            SessionToken = token,
            Environment = new Dictionary<string, string> { ["FANOUT_TABLE"] = session.Table, ["FANOUT_BATCH_ITEM_FAILURES"] = "true", ["FANOUT_METRICS"] = "cloudwatch" },
        });
        string[] logs = [await DeliverAsync(function, session.Source), await DeliverAsync(function, few)];

        Assert.Equal(Enumerable.Repeat(2, 7), JsonNode.Parse(logs[0])!["sources"]![0]!["targets"]!.AsArray().Select(static t => (int)t!["delivered"]!));
        // The first batch's metrics are compressed, which moto's server cannot read, boto3's neither.
        Assert.Equal(1, function.Log.Lines.Count(static l => l.Contains("not published", StringComparison.Ordinal)));
        using ServiceApi asTheFunction = new(session.Endpoint, key, secretKey: secret, token: token);
        await AssertDeniedAsync(
            // PutItem and DeleteItem it has for its notes on progress, by a condition that moto does not evaluate and LocalCloud does.
            ("dynamodb:UpdateItem", () => asTheFunction.JsonAsync("dynamodb", "DynamoDB_20120810.UpdateItem", new() { ["TableName"] = session.Table, ["Key"] = new JsonObject() })),
            ("sns:CreateTopic", () => asTheFunction.QueryAsync("sns", "2010-03-31", "CreateTopic", ("Name", "another"))),
            ("sqs:SendMessage on another queue", () => asTheFunction.JsonAsync("sqs", "AmazonSQS.SendMessageBatch", new() { ["QueueUrl"] = $"{session.Endpoint}123456789012/allowed-others", ["Entries"] = new JsonArray() })),
            ("sqs:ReceiveMessage", () => asTheFunction.JsonAsync("sqs", "AmazonSQS.ReceiveMessage", new() { ["QueueUrl"] = $"{session.Endpoint}123456789012/allowed-all" })),
            ("kinesis:DeleteStream", () => asTheFunction.JsonAsync("kinesis", "Kinesis_20131202.DeleteStream", new() { ["StreamName"] = "allowed-all" })),
            ("firehose:DeleteDeliveryStream", () => asTheFunction.JsonAsync("firehose", "Firehose_20150804.DeleteDeliveryStream", new() { ["DeliveryStreamName"] = "allowed-all" })),
            ("iot:UpdateThingShadow", () => asTheFunction.RestAsync(HttpMethod.Post, "iotdata", "/things/t/shadow", "{}"u8.ToArray())),
            ("lambda:DeleteFunction", () => asTheFunction.RestAsync(HttpMethod.Delete, "lambda", "/2015-03-31/functions/allowed-all")),
            ("cloudwatch:DeleteAlarms", () => asTheFunction.QueryAsync("monitoring", "2010-08-01", "DeleteAlarms", ("AlarmNames.member.1", "a"))),
            ("sts:AssumeRole on another role", () => asTheFunction.QueryAsync("sts", "2011-06-15", "AssumeRole", ("RoleArn", $"arn:aws:iam::{AuthorisedMoto.OtherAccount}:role/another"), ("RoleSessionName", "s"))),
            ("iam:PutRolePolicy", () => asTheFunction.QueryAsync("iam", "2010-05-08", "PutRolePolicy", ("RoleName", "allowedRole"), ("PolicyName", "p"), ("PolicyDocument", "{}"))),
            ("logs:DeleteLogGroup", () => asTheFunction.JsonAsync("logs", "Logs_20140328.DeleteLogGroup", new() { ["logGroupName"] = "/aws/lambda/allowed" })));
    }

    [Fact]
    public async Task Who_has_the_documented_policy_may_use_the_cmdlets_and_nothing_else()
    {
        using MotoSession session = await moto.StartAsync("caller", "caller-all");

        (string key, string secret) = await CreateUserAsync(session.Api, "caller", DocumentedPolicy.Read("caller"));
        using ServiceApi caller = new(session.Endpoint, key, secretKey: secret);
        session.CallAs(key, secret);
        await moto.Server.ResetAuthAsync(0);

        PowerShellResult used = session.Run($$"""
            $ErrorActionPreference = 'Stop'
            $here = @{ WarningAction = 'Ignore' }
            Publish-FanOutFunction | Out-Null
            Publish-FanOutFunction -MemorySize 256 -LogRetentionDays 30 -ReservedConcurrency 3 -Alias live | Out-Null
            Publish-FanOutFunction -Timeout 60 -ReservedConcurrency -1 -Alias live | Out-Null
            Connect-FanOutSource @stream -Wait @here | Out-Null
            Register-FanOutTarget sns sns caller-all @stream
            Register-FanOutTarget sqs sqs caller-all @stream
            Register-FanOutTarget kinesis kinesis caller-all @stream
            Register-FanOutTarget firehose firehose caller-all @stream
            Register-FanOutTarget lambda lambda caller-all @stream
            Register-FanOutTarget iot iot '{{session.Endpoint.GetLeftPart(UriPartial.Authority)}}#caller' @stream
            Get-FanOutTarget | Enable-FanOutTarget
            Get-FanOutTarget sqs @stream | Set-FanOutTarget -Collapse none
            Get-FanOutTarget sqs @stream | Disable-FanOutTarget
            Suspend-FanOutSource @stream -Wait
            Resume-FanOutSource @stream -Wait
            Get-FanOutSource | Out-Null
            Get-FanOutFunction | Out-Null
            Get-FanOutPolicy | Out-Null
            Get-FanOutTarget | Unregister-FanOutTarget -Confirm:$false
            Disconnect-FanOutSource @stream -Confirm:$false
            Remove-FanOutFunction -IncludeLogs -IncludeTable -Confirm:$false
            """).ThrowIfFailed();

        Assert.True(used.Warnings.Count == 0, string.Join("\n", used.Warnings));
        await AssertDeniedAsync(
            ("dynamodb:ExportTableToPointInTime", () => caller.JsonAsync("dynamodb", "DynamoDB_20120810.ExportTableToPointInTime", [])),
            ("iam:PutRolePolicy on another role", () => caller.QueryAsync("iam", "2010-05-08", "PutRolePolicy", ("RoleName", "caller-all"), ("PolicyName", "p"), ("PolicyDocument", "{}"))),
            ("iam:CreateUser", () => caller.QueryAsync("iam", "2010-05-08", "CreateUser", ("UserName", "u"))),
            ("logs:PutLogEvents", () => caller.JsonAsync("logs", "Logs_20140328.PutLogEvents", [])),
            ("kinesis:PutResourcePolicy", () => caller.JsonAsync("kinesis", "Kinesis_20131202.PutResourcePolicy", [])),
            ("firehose:PutRecordBatch", () => caller.JsonAsync("firehose", "Firehose_20150804.PutRecordBatch", [])),
            ("sqs:SendMessage", () => caller.JsonAsync("sqs", "AmazonSQS.SendMessageBatch", new() { ["QueueUrl"] = $"{session.Endpoint}123456789012/caller-all", ["Entries"] = new JsonArray() })),
            ("sns:Publish", () => caller.QueryAsync("sns", "2010-03-31", "PublishBatch", ("TopicArn", "arn:aws:sns:us-east-1:123456789012:caller-all"))),
            ("iot:CreateThing", () => caller.RestAsync(HttpMethod.Post, "iot", "/things/t")),
            ("cloudwatch:PutMetricData", () => caller.QueryAsync("monitoring", "2010-08-01", "PutMetricData", ("Namespace", "n"))),
            ("sts:AssumeRole", () => caller.QueryAsync("sts", "2011-06-15", "AssumeRole", ("RoleArn", AuthorisedMoto.WriterArn), ("RoleSessionName", "s"))));
    }

    private static async Task<(string AccessKey, string SecretKey)> CreateUserAsync(ServiceApi api, string user, string policy)
    {
        await api.QueryAsync("iam", "2010-05-08", "CreateUser", ("UserName", user));
        await api.QueryAsync("iam", "2010-05-08", "PutUserPolicy", ("UserName", user), ("PolicyName", "documented"), ("PolicyDocument", MotoPolicy.Of(policy)));
        XElement created = await api.QueryAsync("iam", "2010-05-08", "CreateAccessKey", ("UserName", user));
        return (AuthorisedMoto.Text(created, "AccessKeyId"), AuthorisedMoto.Text(created, "SecretAccessKey"));
    }

    private static async Task<string> DeliverAsync(LocalFunction function, string source)
    {
        int before = function.Log.Lines.Count;
        InvocationResult answer = await function.InvokeAsync(StreamEvent.Kinesis(source, ("k", "{\"n\":1}"u8.ToArray()), ("l", "{\"n\":2}"u8.ToArray())), TestContext.Current.CancellationToken);
        Assert.True(Encoding.UTF8.GetString(answer.Payload.Span) == """{"batchItemFailures":[]}""", string.Join('\n', function.Log.Lines));
        return function.Log.Lines[before];
    }

    private static async Task AssertDeniedAsync(params (string What, Func<Task> Call)[] calls)
    {
        foreach ((string what, Func<Task> call) in calls)
        {
            Exception? thrown = await Record.ExceptionAsync(call);
            Assert.True(thrown is HttpRequestException { StatusCode: HttpStatusCode.Forbidden } && thrown.Message.Contains("not authorized to perform", StringComparison.Ordinal), $"{what}: {thrown?.Message ?? "allowed"}");
        }
    }
}
