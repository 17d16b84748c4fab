using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>A stack of CloudFormation that moto makes of an exported template is a fan-out function to all cmdlets.</summary>
/// <remarks>
/// Moto makes no subscriptions, invoke settings, aliases and alarms, and ignores the architecture and the tags of functions:
/// <see cref="TemplateLintTests"/> checks those.
/// </remarks>
public sealed partial class TemplateStackTests : IAsyncDisposable
{
    private const string Name = "stacked", Version = "2010-05-15", Iam = "2010-05-08";

    private readonly MotoServer _moto = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _moto.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Its_function_sources_and_policy_are_the_modules_own_and_stay_in_step()
    {
        using MotoSession session = await StartAsync();
        string file = Path.Join(_folder.Path, "fanout.template.json"), queue = $"arn:aws:sqs:us-east-1:{Services.Emulated.Account}:stacked-";
        await session.Api.QueryAsync("sqs", "2012-11-05", "CreateQueue", ("QueueName", "stacked-dropped"));
        await session.Api.QueryAsync("sqs", "2012-11-05", "CreateQueue", ("QueueName", "stacked-archive"));
        session.Run($$"""
            Export-FanOutTemplate -Path '{{file}}' -Source stacked-source, {{Name}} -OnFailureDestination stacked-dropped -BatchSize 100 -LogRetentionDays 30 `
                -Architecture x86_64 -Tag @{ team = 'data' } -Environment @{ FANOUT_LOG_LEVEL = 'warn' } -CodeBucket stacked-code -CodeKey fanout-1.0.0-arm64.zip
            """).ThrowIfFailed();

        await CreateStackAsync(session);

        PowerShellResult function = session.Run("Get-FanOutFunction | Select-Object FunctionName, Runtime, MemorySize, Role, Sources, @{ Name = 'Warn'; Expression = { $_.Settings['FANOUT_LOG_LEVEL'] } }").ThrowIfFailed();
        Assert.Equal(
            $"{Name} provided.al2023 128 arn:aws:iam::123456789012:role/{Name}Role 2 of 2 warn",
            string.Join(' ', function.Output.Single().Properties.Select(static p => p.Value)));
        Assert.All(
            session.Run("Get-FanOutSource").ThrowIfFailed().Output,
            source => Assert.Equal(
                $"Enabled 100 True True {queue}dropped",
                string.Join(' ', new[] { "State", "BatchSize", "ReportBatchItemFailures", "BisectBatchOnFunctionError", "OnFailureDestination" }.Select(p => source.Properties[p].Value))));
        JsonNode table = (await session.Api.JsonAsync("dynamodb", "DynamoDB_20120810.DescribeTable", new() { ["TableName"] = Name + "Targets" }))["Table"]!;
        Assert.Equal(("PAY_PER_REQUEST", true), ($"{table["BillingModeSummary"]!["BillingMode"]}", (bool)table["DeletionProtectionEnabled"]!));

        // The stack's policy is the module's: it grows with a target, and what CloudFormation wrote is still in it.
        JsonNode before = await PolicyAsync(session);
        session.Run($"Register-FanOutTarget sqs archive {queue}archive -SourceArn '{session.Source}' -Enabled").ThrowIfFailed();
        JsonNode after = await PolicyAsync(session);
        Assert.DoesNotContain($"{queue}archive", before.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains($"{queue}archive", after.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(Allowed(before).Except(Allowed(after)));

        // What is there now has the same template, but for the policy; and Publish has nothing to change but what is asked for.
        session.Run($"Export-FanOutTemplate -Path '{file}' -CodeBucket stacked-code -CodeKey fanout-1.0.0-arm64.zip -Tag @{{ team = 'data' }}").ThrowIfFailed();
        JsonNode again = JsonNode.Parse(await File.ReadAllTextAsync(file, Cancellation))!;
        Assert.True(JsonNode.DeepEquals(after, again["Resources"]!["Policy"]!["Properties"]!["PolicyDocument"]));
        Assert.Contains(session.Run("Publish-FanOutFunction -Verbose").ThrowIfFailed().Verbose, static v => v == $"The function {Name} needs no change.");
        Assert.Equal(
            [$"Performing the operation \"Update: memory 256\" on target \"function {Name} in us-east-1\"."],
            session.Run("Publish-FanOutFunction -MemorySize 256 -Verbose").ThrowIfFailed().Verbose.Where(static v => v.Contains("Performing", StringComparison.Ordinal)));

        // An update with the template of what is there now changes nothing that the cmdlets have made.
        session.Run($"Export-FanOutTemplate -Path '{file}' -CodeBucket stacked-code -CodeKey fanout-1.0.0-arm64.zip -Tag @{{ team = 'data' }}").ThrowIfFailed();
        await UpdateStackAsync(session, await File.ReadAllTextAsync(file, Cancellation));
        Assert.True(JsonNode.DeepEquals(after, await PolicyAsync(session)));
        Assert.Equal(256, session.Run("(Get-FanOutFunction).MemorySize").ThrowIfFailed().Output.Single().BaseObject);
    }

    private async Task<MotoSession> StartAsync()
    {
        // CloudFormation's functions are not among those that moto invokes without Docker, as the shared moto does.
        await _moto.ConfigureAsync("""{"lambda":{"use_docker":true}}""");
        MotoSession session = await MotoSession.StartAsync(_moto, "stacked-source");
        await session.CreateStreamAsync(Name);
        string package = Package.Write(Path.Join(_folder.Path, "fanout-linux-arm64.zip"));
        await session.Api.RestAsync(HttpMethod.Put, "s3", "/stacked-code");
        session.Run($"$PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{package}'; $PSDefaultParameterValues['*-FanOut*:FunctionName'] = '{Name}'").ThrowIfFailed();
        return session;
    }

    // As docs/infrastructure.md tells, with the AWS CLI.
    private async Task CreateStackAsync(MotoSession session)
    {
        if (ProgramRun.Find("aws") is null)
        {
            ServerMissing.EndTest("The AWS CLI", "pip install awscli");
        }

        string guide = Shell().Match(await File.ReadAllTextAsync(Path.Join(Checkout.Root, "docs", "infrastructure.md"), Cancellation)).Groups[1].Value;
        string script = guide.Replace("deployments", "stacked-code", StringComparison.Ordinal).Replace("--stack-name fanout", $"--stack-name {Name}", StringComparison.Ordinal);
        ProgramRun run = await ProgramRun.OfAsync("bash", ["-euo", "pipefail", "-c", script], Cancellation, workingDirectory: _folder.Path, environment: new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = session.Endpoint.AbsoluteUri,
            ["AWS_REGION"] = "us-east-1",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_PAGER"] = "",
        });
        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Equal("CREATE_COMPLETE", await StatusAsync(session));
    }

    private static async Task UpdateStackAsync(MotoSession session, string template)
    {
        await session.Api.QueryAsync("cloudformation", Version, "UpdateStack", ("StackName", Name), ("TemplateBody", template), ("Capabilities.member.1", "CAPABILITY_NAMED_IAM"));
        Assert.Equal("UPDATE_COMPLETE", await StatusAsync(session));
    }

    private static async Task<string> StatusAsync(MotoSession session) =>
        (await session.Api.QueryAsync("cloudformation", Version, "DescribeStacks", ("StackName", Name))).Descendants().First(static e => e.Name.LocalName == "StackStatus").Value;

    private static async Task<JsonNode> PolicyAsync(MotoSession session)
    {
        XElement answer = await session.Api.QueryAsync("iam", Iam, "GetRolePolicy", ("RoleName", Name + "Role"), ("PolicyName", $"FanOut-{Name}"));
        return JsonNode.Parse(Uri.UnescapeDataString(answer.Descendants().First(static e => e.Name.LocalName == "PolicyDocument").Value))!;
    }

    private static IEnumerable<string> Allowed(JsonNode policy) =>
        from statement in policy["Statement"]!.AsArray()
        from action in statement!["Action"]!.AsArray()
        from resource in statement["Resource"]!.AsArray()
        select $"{action} {resource}";

    [GeneratedRegex("^```sh\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Shell();
}
