using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using FanOut.Aws.IdentityManagement;
using FanOut.Aws.Lambda;
using FanOut.EndToEnd.Services;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Ec2;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Policies;

namespace FanOut.EndToEnd.Deployment;

/// <summary>Whoever has the policy of docs/permissions.md can use every cmdlet, and nothing in it is in vain.</summary>
public sealed class CallerTests : IAsyncDisposable
{
    private const string Caller = "arn:aws:iam::123456789012:role/caller";

    // Lambda looks at the network as the caller, and what is made with tags needs the right to tag it: the log group in the name of
    // CreateLogGroup's resource, the managed policy. The stand-in asks for none of these.
    private static readonly string[] NotAsked =
    [
        "ec2:DescribeVpcs *", "iam:TagPolicy arn:aws:iam::123456789012:policy/fanout/FanOut-fanout-*",
        "logs:TagResource arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout:*",
    ];

    private readonly CloudSession _session = new(enforcePolicies: true);
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Cloud Cloud => _session.Cloud;

    [Fact]
    public async Task Every_cmdlet_does_its_work_and_no_permission_is_missing_or_in_vain()
    {
        await StartAsync();

        await UpgradeOriginalAsync();
        PowerShellResult result = _session.Run($$"""
            $stream = @{ Source = 'orders'; SourceType = 'Kinesis' }
            Publish-FanOutFunction
            Publish-FanOutFunction -MemorySize 256 -Tag @{ team = 'data' } -LogRetentionDays 30 -ReservedConcurrency 3 -Alias live
            Publish-FanOutFunction -Subnet subnet-1 -SecurityGroup sg-1
            Publish-FanOutFunction -Subnet @() -SecurityGroup @()
            Publish-FanOutFunction -ReservedConcurrency -1 -PackagePath '{{Package.Write(Path.Join(_folder.Path, "two.zip"), "two")}}' -Alias live
            $real = @{ PackagePath = '{{Checkout.Built("FanOut.Quickstart", "fanout-dotnet10.zip")}}'; Runtime = 'dotnet10'; SkipTest = $false }
            Publish-FanOutFunction @real
            Publish-FanOutFunction @real -Alias live
            Connect-FanOutSource @stream -Wait -WarningAction Ignore
            Connect-FanOutSource -Source customers -SourceType DynamoDB -Wait -WarningAction Ignore
            Connect-FanOutSource -Source news -SourceType SNS -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:orders
            Suspend-FanOutSource -Source news -SourceType SNS
            Resume-FanOutSource -Source news -SourceType SNS
            Register-FanOutTarget sns sns orders @stream
            Register-FanOutTarget sqs sqs orders @stream
            Register-FanOutTarget es es search -Index orders @stream
            Register-FanOutTarget kinesis kinesis copy @stream
            Register-FanOutTarget firehose firehose archive @stream
            Register-FanOutTarget iot iot shop/orders @stream
            Register-FanOutTarget lambda lambda receiver @stream
            Register-FanOutTarget events events default @stream
            Register-FanOutTarget states states bill @stream
            Register-FanOutTarget redis redis sessions @stream
            Register-FanOutTarget memcached memcached pages @stream
            Get-FanOutTarget | Enable-FanOutTarget
            Get-FanOutTarget | Test-FanOutTarget -Environment | Where-Object { $_.Status -eq 'Skipped' -and $_.Detail -match 'could not be found out' } | ForEach-Object { throw $_ }
            Test-FanOutTarget sqs @stream -Send -Through Source | Where-Object { $_.Check -eq 'Send' -and $_.Status -ne 'Pass' } | ForEach-Object { throw $_ }
            Publish-FanOutFunction -Subnet subnet-1 -SecurityGroup sg-1
            Get-FanOutTarget redis @stream | Test-FanOutTarget -Environment | Where-Object { $_.Check -eq 'SecurityGroup' -and $_.Status -ne 'Pass' } | ForEach-Object { throw $_ }
            [pscustomobject]@{ Id = 'shop'; Type = 'es'; Destination = 'abc123.us-east-1.aoss.amazonaws.com#orders'; Enabled = $true } | Test-FanOutTarget @stream -Environment |
                Where-Object { $_.Check -in 'DataAccess', 'NetworkPolicy' -and $_.Status -ne 'Pass' } | ForEach-Object { throw $_ }
            [pscustomobject]@{ Id = 'alias'; Type = 'states'; Destination = 'arn:aws:states:us-east-1:123456789012:stateMachine:bill:live'; Enabled = $true } | Test-FanOutTarget @stream -Environment |
                Where-Object { $_.Status -eq 'Skipped' -and $_.Detail -match 'could not be found out' } | ForEach-Object { throw $_ }
            Publish-FanOutFunction -Subnet @() -SecurityGroup @()
            Get-FanOutTarget sqs @stream | Set-FanOutTarget -Collapse none
            Get-FanOutTarget sqs @stream | Disable-FanOutTarget
            Suspend-FanOutSource @stream -Wait
            Resume-FanOutSource @stream -Wait
            Get-FanOutSource
            Get-FanOutFunction
            Get-FanOutPolicy
            Get-FanOutLog
            Export-FanOutReport -Path '{{_folder.Path}}'
            Get-FanOutLog sqs
            Get-FanOutMetric
            Get-FanOutMetric -By Source
            Publish-FanOutAlarm -Topic orders
            Publish-FanOutDashboard
            Publish-FanOutAlarm -FailedThreshold 10 -Tag @{ team = 'data' }
            Get-FanOutDeadLetter audit-failed
            Get-FanOutDeadLetter orders-failed
            Get-FanOutDeadLetter s3://orders-undelivered
            Resume-FanOutDeadLetter audit-failed -SendTo sqs
            Resume-FanOutDeadLetter orders-failed -SendTo sqs
            Resume-FanOutDeadLetter s3://orders-undelivered -Id sqs -SendTo sqs
            Invoke-FanOutReplay sqs @stream -From TrimHorizon
            Register-FanOutTarget sqs changes orders -Source customers -SourceType DynamoDB
            Invoke-FanOutReplay changes -Source customers -SourceType DynamoDB -From TrimHorizon
            Register-FanOutTarget sqs carried orders -Source customers -SourceType DynamoDB -RecordFormat dynamodb-changes -Collapse none
            Export-FanOutTarget '{{Path.Join(_folder.Path, "state.json")}}'
            Sync-FanOutTarget '{{Path.Join(_folder.Path, "state.json")}}' -SkipTest -PackagePath '{{Checkout.Built("FanOut.Quickstart", "fanout-dotnet10.zip")}}'
            $queue = 'arn:aws:sqs:us-east-1:123456789012:a-queue-whose-name-tells-what-it-is-for-at-some-length-'
            1..200 | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Type = 'sqs'; Destination = "$queue$_" } } | Register-FanOutTarget @stream
            Register-FanOutTarget sqs t201 "${queue}201" @stream
            Get-FanOutTarget | Unregister-FanOutTarget -Confirm:$false
            Disconnect-FanOutSource @stream -Confirm:$false
            Disconnect-FanOutSource -Source news -SourceType SNS -Confirm:$false
            Remove-FanOutFunction -IncludeLogs -IncludeTable -Confirm:$false
            """).ThrowIfFailed();

        Assert.Empty(result.Warnings);
        AccessCheck[] checks = [.. Cloud.AccessChecks.Where(static c => c.RoleArn == Caller)];
        Assert.DoesNotContain(checks, static c => c.Decision != AccessDecision.Allowed);
        Assert.Equal(NotAsked, PolicyStatements.Unneeded(Cloud.Iam.Find(Caller)!, checks));
        Assert.Null(_session.Lambda.Find("fanout"));
    }

    [Theory]
    [InlineData("Get-FanOutTarget -TableName othersTargets", "dynamodb:Scan")]
    [InlineData("Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:orders -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/orders -TableName othersTargets", "dynamodb:GetItem")]
    [InlineData("Publish-FanOutFunction -FunctionName others", "lambda:GetFunction")]
    [InlineData("Remove-FanOutFunction -FunctionName others -Confirm:$false", "lambda:GetFunction")]
    [InlineData("Publish-FanOutFunction -Role other", "iam:GetRole")]
    [InlineData("Register-FanOutTarget sqs t1 orders -Source others -SourceType DynamoDB", "dynamodb:DescribeTable")]
    [InlineData("Register-FanOutTarget sqs t1 orders -Source others -SourceType DynamoDB -RecordFormat dynamodb-changes", "dynamodb:DescribeKinesisStreamingDestination")]
    public async Task What_is_anothers_is_denied(string script, string action)
    {
        await StartAsync();
        Cloud.Dynamo.CreateTable("othersTargets", "sourceArn", "id");
        Cloud.Dynamo.CreateTable("others", "id", streamView: "NEW_IMAGE");

        var error = _session.Run(script).Error();

        Assert.StartsWith("AccessDenied,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(action, Assert.Single(Cloud.AccessChecks, static c => c.Decision != AccessDecision.Allowed).Action);
    }

    // The original is deployed by the owner, who may do everything, and upgraded and removed by the caller.
    private async Task UpgradeOriginalAsync()
    {
        using AmazonIdentityManagementServiceClient iam = new(Emulated.Credentials, Emulated.Config(AmazonIdentityManagementServiceClient.Service, Cloud.Endpoint));
        using AmazonLambdaClient lambda = new(Emulated.Credentials, Emulated.Config(AmazonLambdaClient.Service, Cloud.Endpoint));
        Cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id");
        IamRole role = Cloud.Iam.CreateRole("fanoutRole", """{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"} }""");
        await iam.AttachRolePolicyAsync(new() { RoleName = role.Name, PolicyArn = "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole" }, Cancellation);
        byte[] zip = await File.ReadAllBytesAsync(Package.Write(Path.Join(_folder.Path, "old.zip"), "node"), Cancellation);
        await lambda.CreateFunctionAsync(
            new() { FunctionName = "fanout", Runtime = "nodejs20.x", Handler = "fanout.handler", Role = role.Arn, Code = new() { ZipFile = zip } }, Cancellation);
        PowerShellResult upgraded = _session.Run("Publish-FanOutFunction; Remove-FanOutFunction -IncludeLogs -IncludeTable -Confirm:$false").ThrowIfFailed();
        Assert.Contains("The old code is version 1", upgraded.Warnings[0], StringComparison.Ordinal);
        Assert.Equal("These are left: role fanoutRole (it was not made for the function).", upgraded.Warnings[1]);
        await iam.DeleteRoleAsync(new() { RoleName = role.Name }, Cancellation);
    }

    private static string Letter(string id) =>
        $$"""{"version":1,"mappingId":"{{id}}","sourceArn":"{{CloudSession.Orders}}","sequenceNumber":"1","partitionKey":"k","class":"Refused","data":"e30="}""";

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    // Of the destinations only the caches need a place: they are told by host and port.
    private async Task StartAsync()
    {
        IamRole role = Cloud.Iam.CreateRole("caller", """{"Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"} }""");
        role.PutPolicy("documented", DocumentedPolicy.Read());
        Cloud.Dynamo.DeleteTable(Cloud.Dynamo.Find("fanoutTargets")!.Arn);
        Cloud.Dynamo.CreateTable("customers", "text", streamView: "NEW_AND_OLD_IMAGES").TryStreamTo(Cloud.Kinesis.Find("orders")!);
        Cloud.Sqs.CreateQueue("orders");
        Cloud.Sqs.CreateQueue("audit-failed");
        Cloud.Sqs.Send("audit-failed", Letter("sqs"));
        Cloud.Sqs.CreateQueue("orders-failed");
        Cloud.Sqs.Send("orders-failed", Letter("sqs"));
        Cloud.S3.CreateBucket("orders-undelivered");
        Cloud.S3.Put("orders-undelivered", "one.ndjson", Letter("sqs"));
        Cloud.S3.Put("orders-undelivered", "two.ndjson", $"{Letter("sqs")}\n{Letter("gone")}\n");
        Cloud.Sns.CreateTopic("orders");
        Cloud.Sns.CreateTopic("news");
        Cloud.OpenSearch.CreateDomain("search");
        Cloud.Kinesis.CreateStream("copy");
        Cloud.Kinesis.Find("orders")!.Put("key", "a record to be replayed"u8.ToArray());
        Cloud.Firehose.CreateDeliveryStream("archive");
        Cloud.StepFunctions.CreateStateMachine("bill");
        Cloud.ElastiCache.CreateServerlessCache("sessions", "redis", securityGroups: "sg-cache");
        Cloud.Ec2.Add(new Ec2SecurityGroup("sg-1", "vpc-1", "fanout", "The function"));
        Cloud.Ec2.Add(new Ec2SecurityGroup("sg-cache", "vpc-1", "cache", "The cache") { Ingress = [new("tcp", 6379, 6379) { Groups = ["sg-1"] }] });
        Cloud.OpenSearch.Serverless.Add(new("abc123", "shop", "arn:aws:aoss:us-east-1:123456789012:collection/abc123"));
        Cloud.OpenSearch.Serverless.AddVpcEndpoint("vpce-1", "vpc-1");
        Cloud.OpenSearch.Serverless.PutPolicy("network", "shop", """[{"Rules":[{"ResourceType":"collection","Resource":["collection/shop"]}],"SourceVPCEs":["vpce-1"]}]""");
        Cloud.OpenSearch.Serverless.PutPolicy(
            "data", "shop", """[{"Rules":[{"ResourceType":"index","Resource":["index/shop/*"],"Permission":["aoss:*"]}],"Principal":["arn:aws:iam::123456789012:role/fanoutRole"]}]""");
        Cloud.ElastiCache.CreateMemcachedCluster("pages");
        Cloud.Ec2.Add(new Ec2Subnet("subnet-1", "vpc-1", "10.0.1.0/24", "us-east-1a"));
        Cloud.Ec2.Add(new Ec2RouteTable("rtb-1", "vpc-1") { Routes = new Dictionary<string, string> { ["0.0.0.0/0"] = "nat-1" } });
        _session.Lambda.Add("receiver", new RecordingFunction());
        using AmazonSecurityTokenServiceClient sts = new(
            "AKIAOWNER00000000000", "any", new AmazonSecurityTokenServiceConfig { ServiceURL = Cloud.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1" });
        Credentials me = (await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = Caller, RoleSessionName = "me" }, Cancellation)).Credentials;
        _session.Run($$"""
            $PSDefaultParameterValues['*-FanOut*:AccessKey'] = '{{me.AccessKeyId}}'
            $PSDefaultParameterValues['*-FanOut*:SecretKey'] = '{{me.SecretAccessKey}}'
            $PSDefaultParameterValues['*-FanOut*:SessionToken'] = '{{me.SessionToken}}'
            $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{{Package.Write(Path.Join(_folder.Path, "one.zip"))}}'
            $PSDefaultParameterValues['Publish-FanOutFunction:SkipTest'] = $true
            $ErrorActionPreference = 'Stop'
            """).ThrowIfFailed();
    }
}
