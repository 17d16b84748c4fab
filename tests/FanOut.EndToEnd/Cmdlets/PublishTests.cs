using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Publishing, upgrading and removing a function at moto; what came of it is read back with nothing of ours in between.</summary>
public sealed class PublishTests(MotoServer moto) : IDisposable
{
    private const string Iam = "2010-05-08";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_function_is_published_changed_and_removed()
    {
        using MotoSession session = await StartAsync("published", "published-new");
        const string Name = "published-new";
        session.Run("Publish-FanOutFunction -MemorySize 256 -LogRetentionDays 30 -ReservedConcurrency 4 -Tag @{ team = 'data' } -Alias live -Metrics emf").ThrowIfFailed();

        JsonNode function = await FunctionAsync(session, Name);
        Assert.Equal(
            "provided.al2023 bootstrap 256 30 arm64 arn:aws:iam::123456789012:role/published-newRole",
            string.Join(' ', new[] { "Runtime", "Handler", "MemorySize", "Timeout" }.Select(p => function["Configuration"]![p])
                .Append(function["Configuration"]!["Architectures"]![0]).Append(function["Configuration"]!["Role"])));
        Assert.Equal("""{"FANOUT_TABLE":"published-newTargets","FANOUT_BATCH_ITEM_FAILURES":"true","FANOUT_METRICS":"emf"}""", function["Configuration"]!["Environment"]!["Variables"]!.ToJsonString());
        Assert.Equal(("data", Name), ($"{function["Tags"]!["team"]}", $"{function["Tags"]!["fanout:function"]}"));
        Assert.Equal(4, (int)function["Concurrency"]!["ReservedConcurrentExecutions"]!);
        Assert.Equal("1", $"{JsonNode.Parse(await session.Api.RestAsync(HttpMethod.Get, "lambda", $"/2015-03-31/functions/{Name}/aliases/live"))!["FunctionVersion"]}");
        JsonNode table = (await DynamoAsync(session, "DescribeTable", Name + "Targets"))["Table"]!;
        Assert.Equal(("PAY_PER_REQUEST", true), ($"{table["BillingModeSummary"]!["BillingMode"]}", (bool)table["DeletionProtectionEnabled"]!));
        Assert.Equal("ENABLED", $"{(await DynamoAsync(session, "DescribeTimeToLive", Name + "Targets"))["TimeToLiveDescription"]!["TimeToLiveStatus"]}");
        Assert.Equal(
            "ENABLED",
            $"{(await DynamoAsync(session, "DescribeContinuousBackups", Name + "Targets"))["ContinuousBackupsDescription"]!["PointInTimeRecoveryDescription"]!["PointInTimeRecoveryStatus"]}");

        PowerShellResult again = session.Run("Publish-FanOutFunction -MemorySize 256 -LogRetentionDays 30 -ReservedConcurrency 4 -Tag @{ team = 'data' } -Alias live -Metrics emf -Verbose").ThrowIfFailed();
        Assert.Contains(again.Verbose, static v => v == "The function published-new needs no change.");

        session.Run("Publish-FanOutFunction -Timeout 60 -Environment @{ FANOUT_LOG_LEVEL = 'warn' }").ThrowIfFailed();
        function = await FunctionAsync(session, Name);
        Assert.Equal((60, 256), ((int)function["Configuration"]!["Timeout"]!, (int)function["Configuration"]!["MemorySize"]!));
        Assert.Equal("warn", $"{function["Configuration"]!["Environment"]!["Variables"]!["FANOUT_LOG_LEVEL"]}");

        session.Run("Remove-FanOutFunction -IncludeLogs -IncludeTable -Confirm:$false").ThrowIfFailed();
        Assert.StartsWith("FunctionNotFound,", session.Run("Get-FanOutFunction").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("NoSuchEntity", (await Assert.ThrowsAsync<HttpRequestException>(
            () => session.Api.QueryAsync("iam", Iam, "GetRole", ("RoleName", Name + "Role")))).Message, StringComparison.Ordinal);
        Assert.Contains("ResourceNotFound", (await Assert.ThrowsAsync<HttpRequestException>(
            () => DynamoAsync(session, "DescribeTable", Name + "Targets"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_bash_CLI_deployed_is_upgraded_in_place()
    {
        const string Name = "upgraded";
        using MotoSession session = await StartAsync(Name, Name);
        await DeployOriginalAsync(session, Name);

        PowerShellResult plan = session.Run("Publish-FanOutFunction -WhatIf").ThrowIfFailed();
        Assert.Equal("nodejs20.x", $"{(await FunctionAsync(session, Name))["Configuration"]!["Runtime"]}");
        PowerShellResult upgraded = session.Run("Publish-FanOutFunction").ThrowIfFailed();

        Assert.Empty(plan.Output);
        Assert.Contains("The old code is version 1", Assert.Single(upgraded.Warnings), StringComparison.Ordinal);
        JsonNode function = await FunctionAsync(session, Name);
        Assert.Equal(
            "provided.al2023 bootstrap 192",
            string.Join(' ', new[] { "Runtime", "Handler", "MemorySize" }.Select(p => function["Configuration"]![p])));
        Assert.Equal("""{"fanout:function":"upgraded"}""", function["Tags"]!.ToJsonString());
        Assert.Equal("true", $"{function["Configuration"]!["Environment"]!["Variables"]!["FANOUT_BATCH_ITEM_FAILURES"]}");
        JsonNode mapping = JsonNode.Parse(await session.Api.RestAsync(HttpMethod.Get, "lambda", "/2015-03-31/event-source-mappings/?FunctionName=upgraded"))!["EventSourceMappings"]![0]!;
        Assert.Equal("ReportBatchItemFailures", $"{mapping["FunctionResponseTypes"]![0]}");
        Assert.Empty(Names(await session.Api.QueryAsync("iam", Iam, "ListAttachedRolePolicies", ("RoleName", "upgradedRole")), "PolicyArn"));
        Assert.Equal(["FanOut-upgraded"], Names(await session.Api.QueryAsync("iam", Iam, "ListRolePolicies", ("RoleName", "upgradedRole")), "member"));

        PowerShellResult again = session.Run("Publish-FanOutFunction -Verbose").ThrowIfFailed();
        Assert.Contains(again.Verbose, static v => v == "The function upgraded needs no change.");
    }

    private async Task<MotoSession> StartAsync(string stream, string function)
    {
        MotoSession session = await MotoSession.StartAsync(moto, stream);
        string package = Package.Write(Path.Join(_folder.Path, "function.zip"));
        session.Run($"$PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{package}'; $PSDefaultParameterValues['*-FanOut*:FunctionName'] = '{function}'").ThrowIfFailed();
        return session;
    }

    // In the words of the original's cli/functions.sh.
    private async Task DeployOriginalAsync(MotoSession session, string name)
    {
        string role = name + "Role";
        await session.Api.QueryAsync("iam", Iam, "CreateRole", ("RoleName", role), ("AssumeRolePolicyDocument",
            """{"Version": "2012-10-17", "Statement": [{"Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}, "Effect": "Allow"}]}"""));
        foreach (string policy in new[]
        {
            "AmazonDynamoDBReadOnlyAccess", "service-role/AWSLambdaDynamoDBExecutionRole", "service-role/AWSLambdaKinesisExecutionRole", "service-role/AWSLambdaVPCAccessExecutionRole",
        })
        {
            await session.Api.QueryAsync("iam", Iam, "AttachRolePolicy", ("RoleName", role), ("PolicyArn", $"arn:aws:iam::aws:policy/{policy}"));
        }

        foreach (string policy in new[] { "Metrics", "ReadConfiguration", "PublishData" })
        {
            await session.Api.QueryAsync("iam", Iam, "PutRolePolicy", ("RoleName", role), ("PolicyName", policy), ("PolicyDocument",
                """{"Version": "2012-10-17", "Statement": [{"Action": ["cloudwatch:PutMetricData"], "Resource": ["*"], "Effect": "Allow"}]}"""));
        }

        JsonObject function = new()
        {
            ["FunctionName"] = name,
            ["Runtime"] = "nodejs20.x",
            ["Handler"] = "fanout.handler",
            ["MemorySize"] = 192,
            ["Role"] = $"arn:aws:iam::{Emulated.Account}:role/{role}",
            ["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(await File.ReadAllBytesAsync(Package.Write(Path.Join(_folder.Path, "old.zip"), "node"), TestContext.Current.CancellationToken)) },
        };
        await session.Api.RestAsync(HttpMethod.Post, "lambda", "/2015-03-31/functions", Encoding.UTF8.GetBytes(function.ToJsonString()));
        JsonObject mapping = new() { ["FunctionName"] = name, ["EventSourceArn"] = session.Source, ["StartingPosition"] = "LATEST" };
        await session.Api.RestAsync(HttpMethod.Post, "lambda", "/2015-03-31/event-source-mappings/", Encoding.UTF8.GetBytes(mapping.ToJsonString()));
    }

    private static async Task<JsonNode> FunctionAsync(MotoSession session, string name) =>
        JsonNode.Parse(await session.Api.RestAsync(HttpMethod.Get, "lambda", $"/2015-03-31/functions/{name}"))!;

    private static Task<JsonNode> DynamoAsync(MotoSession session, string operation, string table) =>
        session.Api.JsonAsync("dynamodb", "DynamoDB_20120810." + operation, new() { ["TableName"] = table });

    private static string[] Names(XElement answer, string element) => [.. answer.Descendants().Where(e => e.Name.LocalName == element).Select(static e => e.Value)];
}
