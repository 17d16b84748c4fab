using System.Management.Automation;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Test-FanOutTarget -Environment at moto: resources, keys, roles and policies as another's implementation describes them.</summary>
public sealed class EnvironmentTests(MotoServer moto) : IDisposable
{
    private const string Iam = "2010-05-08", Queue = "arn:aws:sqs:us-east-1:123456789012:checked", Lambda = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_works_passes_and_what_is_broken_in_IAM_KMS_and_SQS_is_named_with_what_mends_it()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "checked");
        ServiceApi api = session.Api;
        string key = (string)(await api.JsonAsync("kms", "TrentService.CreateKey", []))["KeyMetadata"]!["Arn"]!;
        await api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "checked", ["Attributes"] = new JsonObject { ["KmsMasterKeyId"] = key } });
        await api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "checked-failed" });
        await api.JsonAsync("dynamodb", "DynamoDB_20120810.DeleteTable", new() { ["TableName"] = session.Table });
        session.Run($$"""
            $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{{Package.Write(Path.Join(_folder.Path, "function.zip"))}}'
            $null = Publish-FanOutFunction
            $null = Connect-FanOutSource -SourceArn $source -OnFailureDestination checked-failed
            Register-FanOutTarget sqs t checked -SourceArn $source -Enabled -DeadLetter checked-failed
            """).ThrowIfFailed();

        PowerShellResult works = Test(session);
        Assert.All(works.Output, static c => Assert.True(Text(c, "Status") is "Pass" or "Skipped", $"{c}"));
        Assert.EndsWith("by its policies' documents.", Text(Find(works, "ExecutionRole"), "Detail"), StringComparison.Ordinal);
        Assert.Contains(works.Output, c => Text(c, "Check") == "Key" && Text(c, "Detail").Contains($"Who sends needs kms:GenerateDataKey and kms:Decrypt on {key}.", StringComparison.Ordinal));

        await PutRolePolicyAsync(api, "guard", """{"Version":"2012-10-17","Statement":[{"Sid":"NoKeys","Effect":"Deny","Action":"kms:*","Resource":"*"}]}""");
        Assert.Contains("the statement NoKeys of the policy guard denies it", Text(Failed(session, "ExecutionRole"), "Detail"), StringComparison.Ordinal);
        await api.QueryAsync("iam", Iam, "DeleteRolePolicy", ("RoleName", "checkedRole"), ("PolicyName", "guard"));

        await api.QueryAsync("iam", Iam, "CreatePolicy", ("PolicyName", "bound"), ("PolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":"sqs:*","Resource":"*"}]}"""));
        await api.QueryAsync("iam", Iam, "PutRolePermissionsBoundary", ("RoleName", "checkedRole"), ("PermissionsBoundary", "arn:aws:iam::123456789012:policy/bound"));
        Assert.Contains("its permissions boundary", Text(Failed(session, "ExecutionRole"), "Detail"), StringComparison.Ordinal);
        await api.QueryAsync("iam", Iam, "DeleteRolePermissionsBoundary", ("RoleName", "checkedRole"));

        await PutKeyPolicyAsync(api, key, """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/other"},"Action":"kms:*","Resource":"*"}]}""");
        Assert.Contains("The key's own policy does not let the role arn:aws:iam::123456789012:role/checkedRole use it", Text(Failed(session, "Key"), "Detail"), StringComparison.Ordinal);
        await PutKeyPolicyAsync(api, key, """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}""");
        await api.JsonAsync("kms", "TrentService.DisableKey", new() { ["KeyId"] = key.Split('/')[^1] });
        Assert.StartsWith($"aws kms enable-key --key-id {key}", Text(Failed(session, "Key"), "Remedy"), StringComparison.Ordinal);
        await api.JsonAsync("kms", "TrentService.EnableKey", new() { ["KeyId"] = key.Split('/')[^1] });

        await api.JsonAsync("sqs", "AmazonSQS.SetQueueAttributes", new()
        {
            ["QueueUrl"] = $"{session.Endpoint}123456789012/checked",
            ["Attributes"] = new JsonObject { ["Policy"] = $$"""{"Version":"2012-10-17","Id":"p","Statement":[{"Sid":"NotThem","Effect":"Deny","Principal":{"AWS":"arn:aws:iam::123456789012:role/checkedRole"},"Action":"sqs:SendMessage","Resource":"{{Queue}}"}]}""" },
        });
        Assert.Contains("the statement NotThem", Text(Failed(session, "ResourcePolicy"), "Detail"), StringComparison.Ordinal);

        await api.JsonAsync("sqs", "AmazonSQS.DeleteQueue", new() { ["QueueUrl"] = $"{session.Endpoint}123456789012/checked" });
        Assert.Equal("aws sqs create-queue --queue-name checked --region us-east-1", Text(Failed(session, "Destination"), "Remedy"));
    }

    [Fact]
    public async Task Policies_of_streams_and_buckets_and_those_around_collections_are_read()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "guarded");
        ServiceApi api = session.Api;
        await api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "guarded" });
        await api.JsonAsync("dynamodb", "DynamoDB_20120810.DeleteTable", new() { ["TableName"] = session.Table });
        await api.RestAsync(HttpMethod.Put, "s3", "/guarded-letters");
        session.Run($$"""
            $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{{Package.Write(Path.Join(_folder.Path, "function.zip"))}}'
            $null = Publish-FanOutFunction
            $null = Connect-FanOutSource -SourceArn $source -WarningAction Ignore
            Register-FanOutTarget sqs t guarded -SourceArn $source -Enabled -DeadLetter s3://guarded-letters/dead
            """).ThrowIfFailed();
        Assert.DoesNotContain(Test(session).Output, static c => Text(c, "Check") == "ResourcePolicy");

        string stream = (string)session.Run("$source").Only().BaseObject;
        await api.JsonAsync("kinesis", "Kinesis_20131202.PutResourcePolicy", new()
        {
            ["ResourceARN"] = stream, ["Policy"] = $$"""{"Version":"2012-10-17","Statement":[{"Sid":"Closed","Effect":"Deny","Principal":"*","Action":"kinesis:GetRecords","Resource":"{{stream}}"}]}""",
        });
        Assert.Contains("the statement Closed", Text(Failed(session, "ResourcePolicy"), "Detail"), StringComparison.Ordinal);
        await api.JsonAsync("kinesis", "Kinesis_20131202.DeleteResourcePolicy", new() { ["ResourceARN"] = stream });

        await api.RestAsync(HttpMethod.Put, "s3", "/guarded-letters?policy", Encoding.UTF8.GetBytes(
            """{"Version":"2012-10-17","Statement":[{"Sid":"Locked","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::guarded-letters/*"}]}"""));
        Assert.Contains("the statement Locked of the bucket guarded-letters's policy", Text(Failed(session, "ResourcePolicy"), "Detail"), StringComparison.Ordinal);

        await PutSecurityPolicyAsync(api, "encryption", """{"Rules":[{"ResourceType":"collection","Resource":["collection/guarded"]}],"KmsARN":"arn:aws:kms:us-east-1:123456789012:key/k"}""");
        string id = (string)(await api.JsonAsync("aoss", "OpenSearchServerless.CreateCollection", new() { ["name"] = "guarded", ["type"] = "SEARCH", ["tags"] = new JsonArray() }))["createCollectionDetail"]!["id"]!;
        await PutSecurityPolicyAsync(api, "network", """[{"Rules":[{"ResourceType":"collection","Resource":["collection/guarded"]}],"AllowFromPublic":true}]""");
        PowerShellResult collection = session.Run($"[pscustomobject]@{{ Id = 'c'; Type = 'es'; Destination = '{id}.us-east-1.aoss.amazonaws.com#orders'; SourceArn = $source; Enabled = $true }} | Test-FanOutTarget -Environment").ThrowIfFailed();
        Assert.StartsWith("The collection guarded (", Text(Find(collection, "Destination"), "Detail"), StringComparison.Ordinal);
        Assert.Equal("Pass", Text(Find(collection, "NetworkPolicy"), "Status"));

        // moto has no access policies.
        Assert.Equal("Skipped", Text(Find(collection, "DataAccess"), "Status"));
    }

    [Fact]
    public async Task A_role_that_does_not_trust_the_function_or_asks_for_another_external_id_is_named()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "trusting");
        ServiceApi api = session.Api;
        await api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "trusting" });
        await api.JsonAsync("dynamodb", "DynamoDB_20120810.DeleteTable", new() { ["TableName"] = session.Table });
        await api.QueryAsync("iam", Iam, "CreateRole", ("RoleName", "trustingWriter"), ("AssumeRolePolicyDocument", Lambda));
        session.Run($$"""
            $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{{Package.Write(Path.Join(_folder.Path, "function.zip"))}}'
            $null = Publish-FanOutFunction
            $null = Connect-FanOutSource -SourceArn $source -WarningAction Ignore
            Register-FanOutTarget sqs t arn:aws:sqs:us-east-1:123456789012:trusting -SourceArn $source -Enabled -DestinationRoleArn arn:aws:iam::123456789012:role/trustingWriter -ExternalId mine
            """).ThrowIfFailed();
        Assert.Contains("does not trust arn:aws:iam::123456789012:role/trustingRole", Text(Failed(session, "Trust"), "Detail"), StringComparison.Ordinal);

        // What the remedy says, in steps.
        string trust = $"{session.Run("(Get-FanOutPolicy -PolicyType Trust | Where-Object RoleArn -eq 'arn:aws:iam::123456789012:role/trustingWriter').Document").Only()}";
        await api.QueryAsync("iam", Iam, "UpdateAssumeRolePolicy", ("RoleName", "trustingWriter"), ("PolicyDocument", trust.Replace("mine", "theirs", StringComparison.Ordinal)));
        Assert.Contains("only with another external id", Text(Failed(session, "Trust"), "Detail"), StringComparison.Ordinal);
        await api.QueryAsync("iam", Iam, "UpdateAssumeRolePolicy", ("RoleName", "trustingWriter"), ("PolicyDocument", trust));

        string remedy = Text(Failed(session, "TargetRole"), "Remedy");
        string policy = remedy[(remedy.IndexOf('\'', StringComparison.Ordinal) + 1)..^1];
        await api.QueryAsync("iam", Iam, "PutRolePolicy", ("RoleName", "trustingWriter"), ("PolicyName", "FanOut-missing"), ("PolicyDocument", policy));
        PowerShellResult mended = Test(session);
        Assert.Equal(["Pass", "Pass"], mended.Output.Where(static c => Text(c, "Check") is "Trust" or "TargetRole").Select(static c => Text(c, "Status")));
    }

    private static PowerShellResult Test(MotoSession session) => session.Run("Test-FanOutTarget t -Environment").ThrowIfFailed();

    private static PSObject Find(PowerShellResult result, string check) => Assert.Single(result.Output, c => Text(c, "Check") == check);

    private static PSObject Failed(MotoSession session, string check) => Assert.Single(Test(session).Output, c => Text(c, "Check") == check && Text(c, "Status") == "Fail");

    private static Task<XElement> PutRolePolicyAsync(ServiceApi api, string name, string document) =>
        api.QueryAsync("iam", Iam, "PutRolePolicy", ("RoleName", "checkedRole"), ("PolicyName", name), ("PolicyDocument", document));

    private static Task<JsonNode> PutKeyPolicyAsync(ServiceApi api, string key, string document) =>
        api.JsonAsync("kms", "TrentService.PutKeyPolicy", new() { ["KeyId"] = key, ["PolicyName"] = "default", ["Policy"] = document });

    private static Task<JsonNode> PutSecurityPolicyAsync(ServiceApi api, string type, string document) => api.JsonAsync(
        "aoss", "OpenSearchServerless.CreateSecurityPolicy", new() { ["name"] = "guarded", ["type"] = type, ["policy"] = document });

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";
}
