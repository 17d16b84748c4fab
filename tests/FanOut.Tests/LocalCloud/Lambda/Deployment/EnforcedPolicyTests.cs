using FanOut.LocalCloud;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Policies;

namespace FanOut.Tests.LocalCloud.Lambda.Deployment;

public sealed class EnforcedPolicyTests() : DeploymentTests(new CloudOptions { EnforcePolicies = true })
{
    private const string Stream = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    private const string Put = """{"call":{"service":"kinesis","target":"Kinesis_20131202.PutRecord","body":"{\"StreamName\":\"orders\",\"Data\":\"eA==\",\"PartitionKey\":\"k\"}"}}""";

    private IamRole Role => Cloud.Iam.Find("fanout")!;

    [Fact(Timeout = Timeout)]
    public async Task A_function_may_do_what_its_role_may_do()
    {
        DeployedScript.SkipWithoutPython();
        Cloud.Kinesis.CreateStream("orders");
        await CreateAsync(more: ""","Timeout":60""");

        var denied = (await InvokeAsync(Put)).Json.GetString();
        Role.PutPolicy("p", $$$$$"""{"Statement":{"Effect":"Allow","Action":"kinesis:PutRecord","Resource":"{{{{{Stream}}}}}"}}""");
        var allowed = (await InvokeAsync(Put)).Json.GetString();

        Assert.Contains($"User: arn:aws:sts::123456789012:assumed-role/fanout/fanout is not authorized to perform: kinesis:PutRecord on resource: {Stream}", denied, StringComparison.Ordinal);
        Assert.Contains("SequenceNumber", allowed, StringComparison.Ordinal);
        Assert.Single(Cloud.Kinesis.Received);
        Assert.Equal([AccessDecision.ImplicitDeny, AccessDecision.Allowed], Cloud.AccessChecks.Where(check => check.Resource == Stream).Select(check => check.Decision));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_functions_lines_are_logged_only_when_its_role_may_write_them()
    {
        DeployedScript.SkipWithoutPython();
        await CreateAsync(more: ""","Timeout":60""");
        await InvokeAsync();
        await Cloud.AccessChecks.WaitForAsync(1, Cancellation);
        Assert.Empty(Cloud.Logs.LogGroups);

        await Aws.JsonAsync("logs", "Logs_20140328.CreateLogGroup", """{"logGroupName":"/aws/lambda/fanout"}""");
        Role.PutPolicy("p", """{"Statement":{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout:*"}}""");
        await InvokeAsync();

        await Cloud.Logs.Find("/aws/lambda/fanout")!.Events.WaitForAsync(1, Cancellation);
        Assert.Contains(Cloud.AccessChecks, check => check is { Action: "logs:CreateLogGroup", Decision: AccessDecision.ImplicitDeny });
        Assert.Contains(Cloud.AccessChecks, check => check.Action == "logs:PutLogEvents" && check.Resource.StartsWith("arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout:log-stream:", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stream_is_mapped_only_when_the_role_may_read_it_and_send_to_the_destination()
    {
        Cloud.Kinesis.CreateStream("orders");
        Cloud.Sqs.CreateQueue("failed");
        await CreateAsync();

        var unreadable = await MapAsync();
        Role.PutPolicy("read", $$$$$"""{"Statement":{"Effect":"Allow","Action":["kinesis:GetRecords","kinesis:GetShardIterator","kinesis:DescribeStream*","kinesis:ListShards"],"Resource":"{{{{{Stream}}}}}"}}""");
        var undeliverable = await MapAsync();
        Role.PutPolicy("send", """{"Statement":{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:123456789012:failed"}}""");
        var mapped = await MapAsync();

        Assert.Equal("InvalidParameterValueException", unreadable.Error);
        Assert.Equal(
            $"Cannot access stream {Stream}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.",
            unreadable.Json.GetProperty("Message").GetString());
        Assert.Equal("The provided execution role does not have permissions to call SendMessage on SQS", undeliverable.Json.GetProperty("Message").GetString());
        Assert.Equal(202, mapped.Status);

        Task<Answer> MapAsync() => Aws.SendAsync(
            "lambda", HttpMethod.Post, "/2015-03-31/event-source-mappings/",
            System.Text.Encoding.UTF8.GetBytes($$$$$"""{"EventSourceArn":"{{{{{Stream}}}}}","FunctionName":"fanout","StartingPosition":"TRIM_HORIZON","DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:123456789012:failed"}}}"""),
            "application/json");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_function_gets_into_a_VPC_only_when_its_role_may_make_interfaces()
    {
        const string Vpc = ""","VpcConfig":{"SubnetIds":["subnet-1"],"SecurityGroupIds":["sg-1"]}""";

        var refused = await CreateAsync(more: Vpc);
        await Aws.QueryAsync("iam", ("Action", "AttachRolePolicy"), ("RoleName", "fanout"), ("PolicyArn", "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"));
        var created = await CreateAsync(more: Vpc);

        Assert.Equal("The provided execution role does not have permissions to call CreateNetworkInterface on EC2", refused.Json.GetProperty("Message").GetString());
        Assert.Equal((201, "subnet-1"), (created.Status, created.Json.GetProperty("VpcConfig").GetProperty("SubnetIds")[0].GetString()));
    }
}
