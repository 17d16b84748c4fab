using System.Text.Json.Nodes;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>The template has what Publish-FanOutFunction and Connect-FanOutSource make, and nothing else.</summary>
public sealed class ExportFanOutTemplateTests : TemplateTests
{
    private const string Settings =
        "-MemorySize 256 -Timeout 60 -LogRetentionDays 30 -Tag @{ team = 'data' } -Metrics cloudwatch -ReservedConcurrency 4 -Environment @{ FANOUT_LOG_LEVEL = 'warn' }";

    private const string Connection = $"-OnFailureDestination {Dropped} -BatchSize 100 -BatchingWindow 5 -ParallelizationFactor 2 -MaximumRetryAttempts 3 -MaximumRecordAge 3600";

    [Fact]
    public void A_function_has_one_template_before_it_is_made_and_after()
    {
        JsonObject before = Template($"Export-FanOutTemplate {Settings} -Source orders, {Customers} {Connection}");

        Run($"""
            Publish-FanOutFunction {Settings}
            Connect-FanOutSource -Source {Customers} {Connection}
            Connect-FanOutSource -Source orders {Connection}
            """).ThrowIfFailed();
        Same(before, Template());

        Same(JsonNode.Parse(Policy), Properties(before, "Policy")["PolicyDocument"]);
        JsonObject function = Properties(before, "Function");
        LambdaFunctionConfiguration deployed = Deployed;
        Assert.Equal(
            ("fresh", deployed.Runtime, deployed.Handler, 256, 60, 4),
            ($"{function["FunctionName"]}", $"{function["Runtime"]}", $"{function["Handler"]}", (int)function["MemorySize"]!, (int)function["Timeout"]!, (int)function["ReservedConcurrentExecutions"]!));
        Assert.Equal(deployed.Environment.Keys.Order(StringComparer.Ordinal), function["Environment"]!["Variables"]!.AsObject().Select(static v => v.Key));
        Assert.Equal("""{"Ref":"Table"}""", function["Environment"]!["Variables"]!["FANOUT_TABLE"]!.ToJsonString());
        Assert.Equal("true", $"{function["Environment"]!["Variables"]!["FANOUT_BATCH_ITEM_FAILURES"]}");
        Assert.Equal("""[{"Key":"fanout:function","Value":"fresh"},{"Key":"team","Value":"data"}]""", function["Tags"]!.ToJsonString());
    }

    [Fact]
    public void A_function_that_nobody_has_made_gets_the_defaults_of_Publish()
    {
        JsonObject template = Template();

        Assert.Equal(
            ["Table", "LogGroup", "Role", "Policy", "Function", "AlarmFailed", "AlarmDeadLettered", "AlarmInvalidMappings"],
            template["Resources"]!.AsObject().Select(static r => r.Key));
        Assert.Equal("freshTargets", $"{Properties(template, "Table")["TableName"]}");
        Assert.Equal("/aws/lambda/fresh", $"{Properties(template, "LogGroup")["LogGroupName"]}");
        Assert.Equal("freshRole", $"{Properties(template, "Role")["RoleName"]}");
        Assert.Null(Properties(template, "LogGroup")["RetentionInDays"]);
        JsonObject function = Properties(template, "Function");
        Assert.Equal(("128", "30", "bootstrap"), ($"{function["MemorySize"]}", $"{function["Timeout"]}", $"{function["Handler"]}"));
        Assert.Equal("""{"Variables":{"FANOUT_TABLE":{"Ref":"Table"}}}""", function["Environment"]!.ToJsonString());
        Assert.All(template["Resources"]!.AsObject(), static r => Assert.NotNull(r.Value!["DeletionPolicy"]));
    }

    [Fact]
    public void A_change_of_a_function_is_told_as_Publish_would_make_it()
    {
        Run($"Publish-FanOutFunction {Settings}").ThrowIfFailed();

        JsonObject changed = Template("Export-FanOutTemplate -MemorySize 512 -Environment @{ FANOUT_LOG_LEVEL = $null } -Tag @{ owner = 'me' } -ReservedConcurrency -1 -Subnet subnet-1 -SecurityGroup sg-1");
        Run("Publish-FanOutFunction -MemorySize 512 -Environment @{ FANOUT_LOG_LEVEL = $null } -Tag @{ owner = 'me' } -ReservedConcurrency -1 -Subnet subnet-1 -SecurityGroup sg-1").ThrowIfFailed();

        Same(changed, Template());
        JsonObject function = Properties(changed, "Function");
        Assert.Equal("512", $"{function["MemorySize"]}");
        Assert.Null(function["ReservedConcurrentExecutions"]);
        Assert.Equal("""{"SubnetIds":["subnet-1"],"SecurityGroupIds":["sg-1"]}""", function["VpcConfig"]!.ToJsonString());
        Assert.Contains("ec2:CreateNetworkInterface", Properties(changed, "Policy")["PolicyDocument"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_is_the_one_for_the_targets_of_the_table_as_they_are_registered()
    {
        Run($"""
            Publish-FanOutFunction
            Connect-FanOutSource -Source orders -MaximumRetryAttempts -1 -MaximumRecordAge -1
            Register-FanOutTarget sqs archive arn:aws:sqs:us-east-1:123456789012:archive -SourceArn {CloudSession.Orders} -DeadLetter arn:aws:sqs:us-east-1:123456789012:dead
            Register-FanOutTarget kinesis copy arn:aws:kinesis:us-east-1:210987654321:stream/copy -SourceArn {CloudSession.Orders} -DestinationRoleArn arn:aws:iam::210987654321:role/writer
            """).ThrowIfFailed();

        JsonNode document = Properties(Template(), "Policy")["PolicyDocument"]!;

        Same(JsonNode.Parse(Policy), document);
        Assert.Equal(
            """["arn:aws:sqs:us-east-1:123456789012:archive","arn:aws:sqs:us-east-1:123456789012:dead"]""",
            document["Statement"]!.AsArray().Single(static s => $"{s!["Sid"]}" == "SendToQueues")!["Resource"]!.ToJsonString());
        Assert.Contains("arn:aws:iam::210987654321:role/writer", document.ToJsonString(), StringComparison.Ordinal);
        Same(JsonNode.Parse($"{Run("Get-FanOutPolicy -PolicyType ExecutionRole").ThrowIfFailed().Output.Single().Properties["Document"].Value}"), document);
    }

    [Fact]
    public void Piped_targets_take_the_place_of_those_of_the_table()
    {
        JsonObject template = Template($$"""
            [pscustomobject]@{ Type = 'sqs'; Destination = 'arn:aws:sqs:us-east-1:123456789012:archive'; SourceArn = '{{CloudSession.Orders}}' },
            [pscustomobject]@{ Type = 'redis'; Destination = 'cache:6379'; SourceArn = '{{CloudSession.Orders}}' } | Export-FanOutTemplate
            """);

        string policy = Properties(template, "Policy")["PolicyDocument"]!.ToJsonString();
        Assert.Contains("arn:aws:sqs:us-east-1:123456789012:archive", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("kinesis:", policy, StringComparison.Ordinal);
        Assert.Empty(OfType(template, "AWS::Lambda::EventSourceMapping"));
    }

    [Fact]
    public void What_does_not_fit_into_the_inline_policy_becomes_managed_policies()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Run($"1..200 | ForEach-Object {{ [pscustomobject]@{{ Id = \"t$_\"; Destination = \"arn:aws:sqs:us-east-1:123456789012:a-queue-with-a-rather-long-name-$_\" }} }} | Register-FanOutTarget -Type sqs -SourceArn {CloudSession.Orders}").ThrowIfFailed();

        JsonObject template = Template();

        Same(JsonNode.Parse(Policy), Properties(template, "Policy")["PolicyDocument"]);
        Assert.NotEmpty(OfType(template, "AWS::IAM::ManagedPolicy"));
        JsonObject second = Properties(template, "Policy2");
        Assert.Equal(("FanOut-fresh-2", "/fanout/", """[{"Ref":"Role"}]"""), ($"{second["ManagedPolicyName"]}", $"{second["Path"]}", second["Roles"]!.ToJsonString()));
        Same(JsonNode.Parse(Session.Cloud.Iam.Policies.Single(static p => p.Name == "FanOut-fresh-2").Document), second["PolicyDocument"]);
        Assert.Equal(
            ["LogGroup", "Policy", "Policy2"],
            template["Resources"]!["Function"]!["DependsOn"]!.AsArray().Select(static d => $"{d}"));
    }

    [Fact]
    public void Values_of_the_users_own_variables_are_not_written()
    {
        JsonObject template = Template("Export-FanOutTemplate -Environment @{ API_TOKEN = 'hush-hush'; APITOKEN = 'hush-hush'; FANOUT_LOG_LEVEL = 'warn' }");

        Assert.DoesNotContain("hush-hush", template.ToJsonString(), StringComparison.Ordinal);
        JsonObject variables = Properties(template, "Function")["Environment"]!["Variables"]!.AsObject();
        Assert.Equal("warn", $"{variables["FANOUT_LOG_LEVEL"]}");
        string[] parameters = [.. new[] { "API_TOKEN", "APITOKEN" }.Select(v => $"{variables[v]!["Ref"]}")];
        Assert.Equal(2, parameters.Distinct().Count());
        Assert.All(parameters, p =>
        {
            Assert.True((bool)template["Parameters"]![p]!["NoEcho"]!);
            Assert.Null(template["Parameters"]![p]!["Default"]);
        });
    }

    [Theory]
    [InlineData("-Role arn:aws:iam::123456789012:role/theirs", "arn:aws:iam::123456789012:role/theirs", 0)]
    [InlineData("-Role theirs", "arn:aws:iam::123456789012:role/theirs", 1)]
    public void A_role_that_others_made_is_named_and_not_made(string role, string arn, int warnings)
    {
        Session.Cloud.Iam.CreateRole("theirs", Trust);

        PowerShellResult result = Run($"Export-FanOutTemplate {role}").ThrowIfFailed();

        JsonObject template = JsonNode.Parse((string)result.Output.Single().BaseObject)!.AsObject();
        Assert.Equal(arn, $"{Properties(template, "Function")["Role"]}");
        Assert.DoesNotContain("\"AWS::IAM::", template.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(warnings, result.Warnings.Count);
    }

    [Fact]
    public void A_table_that_is_given_by_its_ARN_is_not_made()
    {
        JsonObject template = Template("Export-FanOutTemplate -TableName arn:aws:dynamodb:us-east-1:123456789012:table/fanoutTargets");

        Assert.Empty(OfType(template, "AWS::DynamoDB::Table"));
        Assert.Equal("arn:aws:dynamodb:us-east-1:123456789012:table/fanoutTargets", $"{Properties(template, "Function")["Environment"]!["Variables"]!["FANOUT_TABLE"]}");
    }

    [Fact]
    public void Parameters_of_the_template_have_the_defaults_that_are_given()
    {
        JsonObject template = Template("Export-FanOutTemplate -CodeBucket b -CodeKey k -CodeVersion v -AlarmTopicArn arn:aws:sns:us-east-1:123456789012:alarms -Architecture x86_64");

        JsonNode parameters = template["Parameters"]!;
        Assert.Equal(
            ["b", "k", "v", "arn:aws:sns:us-east-1:123456789012:alarms"],
            new[] { "CodeBucket", "CodeKey", "CodeVersion", "AlarmTopicArn" }.Select(p => $"{parameters[p]!["Default"]}"));
        Assert.Contains("fanout-linux-x64.zip", $"{parameters["CodeKey"]!["Description"]}", StringComparison.Ordinal);
        Assert.Null(Template("Export-FanOutTemplate")["Parameters"]!["CodeBucket"]!["Default"]);
    }

    [Theory]
    [InlineData("GetRole", "The role arn:aws:iam::123456789012:role/freshRole cannot be read", "AWS::IAM::Role")]
    [InlineData("DescribeLogGroups", "How long the logs of /aws/lambda/fresh are kept cannot be read", "AWS::Logs::LogGroup")]
    [InlineData("GetPolicy", "Which topics invoke fresh cannot be read", "AWS::Lambda::Function")]
    public void What_may_not_be_read_is_warned_of_and_the_rest_is_written(string operation, string warning, string type)
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = operation, Code = "AccessDenied", Status = 403 });

        PowerShellResult result = Run("Export-FanOutTemplate").ThrowIfFailed();

        Assert.StartsWith(warning, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Single(OfType(JsonNode.Parse((string)result.Output.Single().BaseObject)!.AsObject(), type));
    }

    [Fact]
    public void A_function_of_others_is_no_fan_out_function()
    {
        Session.Lambda.Add("foreign", new RecordingFunction(), new() { Runtime = "python3.13" });

        Assert.StartsWith("FunctionNotFanOut,", Run("Export-FanOutTemplate -FunctionName foreign").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_functions_have_a_template_each()
    {
        Assert.Equal(
            ["one", "two"],
            Templates("'one', 'two' | ForEach-Object { [pscustomobject]@{ FunctionName = $_ } } | Export-FanOutTemplate").Select(static t => $"{Properties(t, "Function")["FunctionName"]}"));
    }
}
