using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Lambda;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Ec2;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Test-FanOutTarget -Environment: each thing that is wrong in AWS is named, with what mends it.</summary>
public sealed class TestFanOutTargetEnvironmentTests : IAsyncDisposable
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:q", Failed = "arn:aws:sqs:us-east-1:123456789012:failed";
    private const string Writer = "arn:aws:iam::210987654321:role/writer", FunctionRole = "arn:aws:iam::123456789012:role/fanoutRole";

    private readonly CloudSession _session = new(enforcePolicies: true);
    private readonly TemporaryFolder _folder = new();

    public TestFanOutTargetEnvironmentTests()
    {
        Cloud.Sqs.CreateQueue("q");
        Cloud.Sqs.CreateQueue("failed");
        Cloud.Ec2.Add(new Ec2Subnet("subnet-1", "vpc-1", "10.0.1.0/24", "us-east-1a"));
        Cloud.Ec2.Add(new Ec2RouteTable("rtb-1", "vpc-1"));
        string package = Package.Write(Path.Join(_folder.Path, "function.zip"));
        _session.Run($$"""
            $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{{package}}'
            $PSDefaultParameterValues['Publish-FanOutFunction:SkipTest'] = $true
            $null = Publish-FanOutFunction
            $null = Connect-FanOutSource -SourceArn {{CloudSession.Orders}} -OnFailureDestination {{Failed}} -Wait
            Register-FanOutTarget sqs t {{Queue}} -SourceArn {{CloudSession.Orders}} -Enabled -DeadLetter {{Failed}}
            """).ThrowIfFailed();
    }

    /// <summary>What is done to a deployment that works, then which check says so, how, and what is to be done.</summary>
    public static TheoryData<string, string, string, string, string> Broken => new()
    {
        { "no queue", "Destination", "Fail", "does not exist in us-east-1", "aws sqs create-queue --queue-name q --region us-east-1" },
        { "small queue", "Destination", "Warn", "those between are refused", $"Set-FanOutTarget 't' -MaxItemBytes 1024 -SourceArn '{CloudSession.Orders}' -Region us-east-1" },
        { "no stream", "Source", "Fail", "does not exist", "aws kinesis create-stream --stream-name orders" },
        { "suspended", "Connection", "Warn", "is suspended", $"Resume-FanOutSource -SourceArn '{CloudSession.Orders}'" },
        { "not connected", "Connection", "Fail", "not connected", "Connect-FanOutSource" },
        { "one half", "Connection", "Fail", "Records that fail are lost", "Connect-FanOutSource -Force" },
        { "other half", "Connection", "Warn", "one failed record fails its whole batch", "Connect-FanOutSource -Force" },
        { "no function", "Function", "Fail", "There is no function fanout", "Publish-FanOutFunction -Region us-east-1" },
        { "unreadable setting", "Function", "Fail", "FANOUT_METRICS", "Publish-FanOutFunction" },
        { "no permission", "ExecutionRole", "Fail", $"sqs:SendMessage on {Queue}", "Publish-FanOutFunction -Region us-east-1" },
        { "no policy", "ExecutionRole", "Fail", "may not do what this target takes", "Publish-FanOutFunction -Region us-east-1" },
        { "no permission of another's role", "ExecutionRole", "Fail", $"sqs:SendMessage on {Queue}", "aws iam put-role-policy --role-name theirs --policy-name FanOut-missing --policy-document '{\"Version\"" },
        { "denied", "ExecutionRole", "Fail", "denies it", "Change what denies it" },
        { "no role of the function", "ExecutionRole", "Fail", "does not exist", "Publish-FanOutFunction" },
        { "no dead letter", "DeadLetter", "Fail", "does not exist", "aws sqs create-queue --queue-name failed" },
        { "no on-failure queue", "OnFailure", "Fail", "those records are lost, and nobody is told", "Connect-FanOutSource -Force -OnFailureDestination" },
        { "queue's policy denies", "ResourcePolicy", "Fail", "the statement NotThem of the queue q's policy denies it", "Change that statement" },
        { "no route", "Network", "Fail", "does not reach SQS, for the target t", "aws ec2 create-vpc-endpoint --vpc-id vpc-1 --service-name com.amazonaws.us-east-1.dynamodb" },
    };

    private Cloud Cloud => _session.Cloud;

    private IamRole Role => Cloud.Iam.Find("fanoutRole")!;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _session.DisposeAsync();
    }

    [Fact]
    public void What_works_passes_and_nothing_is_changed()
    {
        _session.Forget();

        PowerShellResult result = _session.Run("Test-FanOutTarget t -Environment").ThrowIfFailed();

        Assert.Equal("Pass", Text(Check(result, "Verdict"), "Status"));
        Assert.All(result.Output, static c => Assert.True(Text(c, "Status") is "Pass" or "Skipped", $"{c}"));
        Assert.Equal(
            ["Settings", "Enabled", "Options", "Filter", "Source", "Connection", "Function", "Destination", "Key", "Key", "DeadLetter", "OnFailure", "ExecutionRole", "Network", "Plan", "Verdict"],
            result.Output.Select(static c => Text(c, "Check")));
        Assert.EndsWith("by iam:SimulatePrincipalPolicy.", Text(Check(result, "ExecutionRole"), "Detail"), StringComparison.Ordinal);
        Assert.Empty(_session.Changes);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_broken_is_named_with_what_mends_it(string what, string check, string status, string words, string remedy)
    {
        await BreakAsync(what);

        PowerShellResult result = _session.Run("Test-FanOutTarget t -Environment").ThrowIfFailed();

        PSObject found = Assert.Single(result.Output, c => Text(c, "Check") == check);
        Assert.Equal(status, Text(found, "Status"));
        Assert.Contains(words, Text(found, "Detail"), StringComparison.Ordinal);
        Assert.StartsWith(remedy, Text(found, "Remedy"), StringComparison.Ordinal);
        Assert.Equal(status, Text(Check(result, "Verdict"), "Status"));
    }

    [Theory]
    [InlineData(true, "orders-<data.country>", "Pass")]
    [InlineData(false, "orders-<data.country>", "Fail")]
    [InlineData(false, "orders", "Pass")]
    public void A_domain_must_take_indices_in_the_body_where_they_are_made_of_the_record(bool allows, string index, string status)
    {
        FanOut.LocalCloud.OpenSearch.SearchDomain domain = Cloud.OpenSearch.CreateDomain("shop");
        Cloud.OpenSearch.Add(domain with { AllowsExplicitIndex = allows });

        PowerShellResult result = _session.Run($"Register-FanOutTarget es countries shop -Index '{index}' -SourceArn {CloudSession.Orders} -Enabled; Test-FanOutTarget countries -Environment");

        Assert.Equal(status, Text(Check(result, "Destination"), "Status"));
        Assert.Equal(
            status == "Fail" ? "aws opensearch update-domain-config --domain-name shop --advanced-options rest.action.multi.allow_explicit_index=true --region us-east-1" : "",
            Text(Check(result, "Destination"), "Remedy") ?? "");
        Assert.Equal("Pass", Text(Check(result, "ExecutionRole"), "Status"));
    }

    [Fact]
    public async Task A_function_that_reads_another_table_lets_the_target_get_nothing()
    {
        _session.Run("$target = Get-FanOutTarget t").ThrowIfFailed();
        await ConfigureAsync(static r => r.Environment = new() { Variables = new() { ["FANOUT_TABLE"] = "others" } });

        PSObject found = Check(_session.Run("$target | Test-FanOutTarget -Environment").ThrowIfFailed(), "Connection");

        Assert.Equal("Fail", Text(found, "Status"));
        Assert.Contains("from the table others, not from fanoutTargets, in which the target is: it gets nothing", Text(found, "Detail"), StringComparison.Ordinal);
        Assert.StartsWith("Publish-FanOutFunction -TableName 'fanoutTargets' -Region us-east-1", Text(found, "Remedy"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_is_not_registered_and_not_valid_is_told_without_a_command_that_removes_one()
    {
        ErrorRecord error = _session.Run($"[pscustomobject]@{{ Id = 't'; Type = 'sqs'; Destination = '{Queue}'; SourceArn = '{CloudSession.Orders}'; MaxItemBytes = -1 }} | Test-FanOutTarget -PassThru").Error();

        Assert.Contains("maxItemBytes", error.Exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Unregister", $"{error.Exception.Message} {error.ErrorDetails?.RecommendedAction}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Trust", "Fail", "does not exist", "(Get-FanOutPolicy -PolicyType Trust")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/other"},"Action":"sts:AssumeRole"}""", "Trust", "Fail", "does not trust", "(Get-FanOutPolicy -PolicyType Trust")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/fanoutRole"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"right"}}}""", "Trust", "Fail", "only with another external id", "Register it so, or once it is registered: Set-FanOutTarget 't' -ExternalId")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/fanoutRole"},"Action":"sts:AssumeRole"}""", "TargetRole", "Fail", "sqs:SendMessage", "aws iam put-role-policy --role-name mine")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"secret-1"}}}""", "TargetRole", "Fail", "sqs:SendMessage", "aws iam put-role-policy --role-name mine")]
    public void A_role_of_a_target_is_looked_at(string trust, string check, string status, string words, string remedy)
    {
        if (trust.Length > 0)
        {
            Cloud.Iam.CreateRole("mine", $$"""{"Version":"2012-10-17","Statement":[{{trust}}]}""");
        }

        PowerShellResult result = TestPiped(Queue, "DestinationRoleArn = 'arn:aws:iam::123456789012:role/mine'; ExternalId = 'secret-1'");

        PSObject found = Check(result, check);
        Assert.Equal(status, Text(found, "Status"));
        Assert.Contains(words, Text(found, "Detail"), StringComparison.Ordinal);
        Assert.StartsWith(remedy, Text(found, "Remedy"), StringComparison.Ordinal);
        Assert.Equal(check == "TargetRole" ? "Pass" : "Fail", Text(Check(result, "Trust"), "Status"));
        Assert.DoesNotContain("secret-1", result.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_of_a_target_that_is_not_there_comes_with_all_that_makes_it()
    {
        const string Mine = "arn:aws:iam::123456789012:role/team/mine";
        _session.Run($"Register-FanOutTarget sqs other {Queue} -SourceArn {CloudSession.Orders} -DestinationRoleArn {Mine} -ExternalId secret-1 -Enabled -WarningAction Ignore").ThrowIfFailed();
        PowerShellResult result = _session.Run("Test-FanOutTarget other -Environment").ThrowIfFailed();
        string remedy = Text(Check(result, "Trust"), "Remedy");

        Assert.Equal(remedy, Text(Check(result, "TargetRole"), "Remedy"));
        Assert.DoesNotContain("…", remedy, StringComparison.Ordinal);
        PowerShellResult run = _session.Run($$"""
            Set-Location '{{_folder.Path}}'
            function aws { $file = $args[-1] -replace '^file://'; "$($args[0..($args.Count - 2)]) $((Get-Content $file -Raw | ConvertFrom-Json).Statement.Action)" }
            {{remedy}}
            """).ThrowIfFailed();
        Assert.Equal(
            ["iam create-role --role-name mine --path /team/ --assume-role-policy-document sts:AssumeRole", "iam put-role-policy --role-name mine --policy-name FanOut-fanout --policy-document sqs:SendMessage"],
            run.Output.Select(static o => $"{o}"));
    }

    [Fact]
    public void A_role_of_another_account_is_tried_with_the_external_id_and_looked_through()
    {
        Cloud.Sqs.CreateQueue("theirs", accountId: "210987654321");
        string theirs = "arn:aws:sqs:us-east-1:210987654321:theirs", settings = $"DestinationRoleArn = '{Writer}'; ExternalId = 'secret-1'";
        Assert.Equal("Skipped", Text(Check(TestPiped(theirs, settings), "Trust"), "Status"));

        Cloud.Sts.AddRole(Writer, "secret-1");
        PSObject tried = Check(TestPiped(theirs, settings), "Trust");
        Assert.Equal("Pass", Text(tried, "Status"));
        Assert.Contains("can be assumed as", Text(tried, "Detail"), StringComparison.Ordinal);
        Assert.Contains("is not certain", Text(tried, "Detail"), StringComparison.Ordinal);

        Cloud.Sts.RemoveRole(Writer);
        IamRole writer = Cloud.Iam.CreateRole(
            "writer", $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["{{FunctionRole}}","123456789012"]},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"secret-1"} } }]}""", accountId: "210987654321");
        writer.PutPolicy("send", $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:SendMessage","sqs:Get*","iam:Get*","iam:List*"],"Resource":"*"}]}""");
        _session.Run($"Register-FanOutTarget sqs other {theirs} -SourceArn {CloudSession.Orders} -DestinationRoleArn {Writer} -ExternalId secret-1 -Enabled -DeadLetter {Failed}").ThrowIfFailed();
        PowerShellResult seen = _session.Run("Test-FanOutTarget other -Environment").ThrowIfFailed();

        Assert.All(seen.Output, static c => Assert.True(Text(c, "Status") is "Pass" or "Skipped", $"{c}"));
        Assert.Equal($"The role {Writer} trusts {FunctionRole}, with the external id.", Text(Check(seen, "Trust"), "Detail"));
        Assert.EndsWith("by its policies' documents.", Text(Check(seen, "TargetRole"), "Detail"), StringComparison.Ordinal);
        Assert.StartsWith($"The queue {theirs} is there", Text(Check(seen, "Destination"), "Detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Fail", "its own policy does not allow that role sqs:SendMessage", "aws sqs add-permission --queue-url https://sqs.us-east-1.amazonaws.com/210987654321/open --label fanout --aws-account-ids 123456789012 --actions SendMessage --region us-east-1")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"SQS:SendMessage","Resource":"arn:aws:sqs:us-east-1:210987654321:open"}""", "Pass", "lets the role", "")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}""", "Warn", "by the condition StringEquals aws:PrincipalOrgID, which cannot be evaluated here", "Look whether that condition holds")]
    public void A_queue_of_another_account_must_let_the_function_send(string? statement, string status, string words, string remedy)
    {
        Dictionary<string, string> attributes = statement is null ? [] : new() { ["Policy"] = $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""" };
        Cloud.Sqs.CreateQueue("open", attributes, accountId: "210987654321");

        PSObject found = Check(TestPiped("arn:aws:sqs:us-east-1:210987654321:open", ""), "ResourcePolicy");

        Assert.Equal(status, Text(found, "Status"));
        Assert.Contains(words, Text(found, "Detail"), StringComparison.Ordinal);
        Assert.StartsWith(remedy, Text(found, "Remedy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqs", "GetQueueAttributes", "Key", "How the queue arn:aws:sqs:us-east-1:123456789012:q is encrypted could not be found out")]
    [InlineData("sqs", "GetQueueUrl", "Destination", "Whether the queue arn:aws:sqs:us-east-1:123456789012:q is there could not be found out")]
    [InlineData("kinesis", "DescribeStreamSummary", "Source", "could not be found out")]
    [InlineData("lambda", "GetFunctionConfiguration", "Function", "could not be found out")]
    [InlineData("lambda", "ListEventSourceMappings", "Connection", "could not be found out")]
    [InlineData("iam", null, "ExecutionRole", "could not be found out")]
    public void What_may_not_be_looked_at_is_skipped_with_the_permission_it_takes(string service, string? operation, string check, string words)
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = service, Operation = operation });

        PowerShellResult result = _session.Run("Test-FanOutTarget t -Environment").ThrowIfFailed();

        PSObject found = result.Output.First(c => Text(c, "Check") == check && Text(c, "Detail").Contains(words, StringComparison.Ordinal));
        Assert.Equal("Skipped", Text(found, "Status"));
        Assert.Contains(operation ?? "iam:SimulatePrincipalPolicy", Text(found, "Remedy"), StringComparison.Ordinal);
        Assert.Equal("Pass", Text(Check(result, "Verdict"), "Status"));
    }

    [Fact]
    public void Who_may_not_ask_IAM_has_the_policies_evaluated()
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "iam", Operation = "SimulatePrincipalPolicy" });
        Assert.EndsWith("by its policies' documents.", Text(Check(_session.Run("Test-FanOutTarget t -Environment"), "ExecutionRole"), "Detail"), StringComparison.Ordinal);

        Role.PutPolicy("guard", """{"Version":"2012-10-17","Statement":[{"Sid":"NoSending","Effect":"Deny","Action":"sqs:*","Resource":"*"}]}""");
        Assert.Contains("the statement NoSending of the policy guard denies it", Text(Check(_session.Run("Test-FanOutTarget t -Environment"), "ExecutionRole"), "Detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_is_looked_for_and_takes_a_VPC()
    {
        Cloud.ElastiCache.CreateServerlessCache("sessions", "redis");
        _session.Run($"Register-FanOutTarget redis r sessions -SourceArn {CloudSession.Orders} -WarningAction Ignore").ThrowIfFailed();

        PowerShellResult result = _session.Run("Test-FanOutTarget r -Environment").ThrowIfFailed();
        Assert.Equal("Pass", Text(Check(result, "Destination"), "Status"));
        Assert.Contains("The cache sessions is available", Text(Check(result, "Destination"), "Detail"), StringComparison.Ordinal);
        Assert.Equal("Fail", Text(Check(result, "Network"), "Status"));
        Assert.StartsWith("Publish-FanOutFunction -Subnet", Text(Check(result, "Network"), "Remedy"), StringComparison.Ordinal);

        PowerShellResult other = _session.Run("Get-FanOutTarget r | Select-Object Id, SourceArn, Type, Enabled, @{ n = 'Destination'; e = { $_.Destination.Replace('rediss://', 'redis://') } } | Test-FanOutTarget -Environment");
        Assert.Contains("is called with TLS, and the destination says without", Text(Check(other, "Destination"), "Detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("orders.localhost")]
    [InlineData("LOCALHOST")]
    public void The_function_connects_to_no_endpoint_on_its_own_machine(string host)
    {
        _session.Run($"Register-FanOutTarget http h https://{host}/x -SourceArn {CloudSession.Orders} -Enabled").ThrowIfFailed();

        PSObject network = Check(_session.Run("Test-FanOutTarget h -Environment").ThrowIfFailed(), "Network");

        Assert.Equal("Fail", Text(network, "Status"));
        Assert.Contains("loopback", Text(network, "Detail"), StringComparison.Ordinal);
        Assert.Contains("Set-FanOutTarget 'h' -Destination", Text(network, "Remedy"), StringComparison.Ordinal);
        Assert.DoesNotContain("FANOUT_HTTP_NETWORKS", Text(network, "Remedy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_only_the_function_trusts_is_no_fault_of_the_target()
    {
        await using var front = new Migrating.TlsFront(Cloud.Endpoint);
        _session.Run($"Register-FanOutTarget es e '{front.Endpoint.AbsoluteUri.TrimEnd('/')}#orders' -SourceArn {CloudSession.Orders} -Enabled").ThrowIfFailed();
        PSObject unknown = Check(_session.Run("Test-FanOutTarget e -Send").ThrowIfFailed(), "Send");
        _session.Run("$null = Publish-FanOutFunction -Environment @{ AWS_CA_BUNDLE = '/opt/ca.pem' }").ThrowIfFailed();

        PowerShellResult result = _session.Run("Test-FanOutTarget e -Send").ThrowIfFailed();

        PSObject sent = Check(result, "Send");
        Assert.StartsWith("It could not be tried from here", Text(sent, "Detail"), StringComparison.Ordinal);
        Assert.Equal(("Fail", "Warn"), (Text(unknown, "Status"), Text(sent, "Status")));
        Assert.Contains("AWS_CA_BUNDLE is '/opt/ca.pem'", Text(sent, "Detail"), StringComparison.Ordinal);
        Assert.Contains("-NoVerifySsl", Text(sent, "Remedy"), StringComparison.Ordinal);
        Assert.Contains("Test-FanOutTarget 'e' -Send -Through Source", Text(sent, "Remedy"), StringComparison.Ordinal);
        Assert.All(new[] { unknown, sent }, static s => Assert.DoesNotContain("tried again", Text(s, "Detail"), StringComparison.Ordinal));
        Assert.StartsWith("It can work", Text(Check(result, "Verdict"), "Detail"), StringComparison.Ordinal);
    }

    private async Task BreakAsync(string what)
    {
        switch (what)
        {
            case "no queue":
                Cloud.Sqs.DeleteQueue(Queue);
                break;
            case "small queue":
                Cloud.Sqs.DeleteQueue(Queue);
                Cloud.Sqs.CreateQueue("q", new Dictionary<string, string> { ["MaximumMessageSize"] = "1024" });
                break;
            case "no stream":
                Cloud.Kinesis.DeleteStream(CloudSession.Orders);
                break;
            case "suspended":
                _session.Run($"Suspend-FanOutSource -SourceArn {CloudSession.Orders} -Wait").ThrowIfFailed();
                break;
            case "no on-failure queue":
                Cloud.Sqs.CreateQueue("gone");
                _session.Run($"Connect-FanOutSource -SourceArn {CloudSession.Orders} -Force -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:gone -Wait").ThrowIfFailed();
                Cloud.Sqs.DeleteQueue("arn:aws:sqs:us-east-1:123456789012:gone");
                break;
            case "not connected":
                _session.Run($"Disconnect-FanOutSource -SourceArn {CloudSession.Orders} -Confirm:$false").ThrowIfFailed();
                break;
            case "one half":
                EventSourceMapping mapping = Assert.Single(_session.Lambda.EventSourceMappings.Values);
                await mapping.UpdateAsync(mapping.Settings with { ReportBatchItemFailures = false });
                break;
            case "other half":
                await ConfigureAsync(static r => r.Environment = new() { Variables = new() { ["FANOUT_TABLE"] = "fanoutTargets" } });
                break;
            case "no function":
                _session.Lambda.Remove("fanout");
                break;
            case "unreadable setting":
                await ConfigureAsync(static r => r.Environment = new() { Variables = new() { ["FANOUT_TABLE"] = "fanoutTargets", ["FANOUT_METRICS"] = "loud" } });
                break;
            case "no permission":
                Role.PutPolicy("FanOut-fanout", Role.InlinePolicies["FanOut-fanout"].Replace("sqs:SendMessage", "sqs:ListQueues", StringComparison.Ordinal));
                break;
            case "no policy":
                Cloud.Iam.Find("fanoutRole")!.DeletePolicy("FanOut-fanout");
                break;
            case "no permission of another's role":
                Cloud.Iam.CreateRole("theirs", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""")
                    .PutPolicy("all", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":"sqs:*","Resource":"*"}]}""");
                await ConfigureAsync(static r => r.Role = "arn:aws:iam::123456789012:role/theirs");
                break;
            case "denied":
                Role.PutPolicy("guard", """{"Version":"2012-10-17","Statement":[{"Sid":"NoSending","Effect":"Deny","Action":"sqs:*","Resource":"*"}]}""");
                break;
            case "no role of the function":
                Cloud.Iam.Remove(Role);
                break;
            case "no dead letter":
                Cloud.Sqs.DeleteQueue(Failed);
                break;
            case "queue's policy denies":
                Cloud.Sqs.Find("q")!.Attributes["Policy"] = """{"Version":"2012-10-17","Statement":[{"Sid":"NotThem","Effect":"Deny","Principal":"*","Action":"sqs:SendMessage","Resource":"*","Condition":{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/mine"}}}]}""";
                break;
            case "no route":
                _session.Run("Publish-FanOutFunction -Subnet subnet-1 -SecurityGroup sg-1").ThrowIfFailed();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, "Nothing is broken so.");
        }
    }

    private async Task ConfigureAsync(Action<UpdateFunctionConfigurationRequest> change)
    {
        using AmazonLambdaClient lambda = new(new BasicAWSCredentials("AKIAOWNER00000000000", "any"), new AwsClientConfig(AmazonLambdaClient.Service, "us-east-1") { ServiceURL = Cloud.Endpoint.AbsoluteUri });
        var request = new UpdateFunctionConfigurationRequest { FunctionName = "fanout" };
        change(request);
        await lambda.UpdateFunctionConfigurationAsync(request, TestContext.Current.CancellationToken);
    }

    private PowerShellResult TestPiped(string destination, string settings) => _session.Run(
        $"[pscustomobject]@{{ Id = 't'; SourceArn = '{CloudSession.Orders}'; Type = 'sqs'; Destination = '{destination}'; Enabled = $true; DeadLetter = '{Failed}'; {settings} }} | Test-FanOutTarget -Environment").ThrowIfFailed();

    private static PSObject Check(PowerShellResult result, string check) => Assert.Single(result.ThrowIfFailed().Output, c => Text(c, "Check") == check);

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";
}
