using System.Text.RegularExpressions;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>docs/samples/deploy.ps1 in a pwsh without a user: it can run as often as one likes, and changes only what is not as it should be.</summary>
public sealed partial class DeployScriptTests(MotoServer moto) : IDisposable
{
    private const int Timeout = 300_000;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Timeout)]
    public async Task At_LocalCloud()
    {
        await using CloudSession session = new(enforcePolicies: true);
        session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_AND_OLD_IMAGES");
        session.Cloud.Kinesis.CreateStream("retired");
        session.Cloud.Sns.CreateTopic("news");
        session.Cloud.Sqs.CreateQueue("archive");
        session.Cloud.Dynamo.DeleteTable(session.Cloud.Dynamo.Find("fanoutTargets")!.Arn);

        await RunThriceAsync(
            session.Cloud.Endpoint,
            "fanout",
            () => session.Run("Connect-FanOutSource -Source retired -SourceType Kinesis -Wait -WarningAction Ignore").ThrowIfFailed(),
            () => session.Run("Get-FanOutSource"),
            () => session.Run("Get-FanOutTarget"));

        session.Forget();
        await DeployAsync(session.Cloud.Endpoint, "fanout");
        Assert.Empty(session.Changes);
        Assert.Single(session.Cloud.Sns.Find("news")!.Subscriptions);
    }

    [Fact(Timeout = Timeout)]
    public async Task At_moto()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "deploy-script");
        await session.Api.JsonAsync("dynamodb", "DynamoDB_20120810.DeleteTable", new() { ["TableName"] = session.Table });
        foreach (string stream in new[] { "orders", "retired" })
        {
            await session.CreateStreamAsync(stream);
        }

        await session.Api.JsonAsync("dynamodb", "DynamoDB_20120810.CreateTable", new()
        {
            ["TableName"] = "customers",
            ["KeySchema"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["AttributeName"] = "id", ["KeyType"] = "HASH" }),
            ["AttributeDefinitions"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["AttributeName"] = "id", ["AttributeType"] = "S" }),
            ["BillingMode"] = "PAY_PER_REQUEST",
            ["StreamSpecification"] = new System.Text.Json.Nodes.JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = "NEW_AND_OLD_IMAGES" },
        });
        await session.Api.QueryAsync("sns", "2010-03-31", "CreateTopic", ("Name", "news"));
        await session.Api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "archive" });

        await RunThriceAsync(
            session.Endpoint,
            "deploy-script",
            () => session.Run("Connect-FanOutSource -Source retired -SourceType Kinesis -Wait -WarningAction Ignore").ThrowIfFailed(),
            () => session.Run("Get-FanOutSource"),
            () => session.Run("Get-FanOutTarget"));
    }

    private async Task RunThriceAsync(Uri endpoint, string function, Action connectRetired, Func<PowerShellResult> sources, Func<PowerShellResult> targets)
    {
        string first = await DeployAsync(endpoint, function);
        Assert.NotEmpty(ChangesIn(first));
        Assert.Equal(["customers Enabled", "news Enabled", "orders Enabled"], States());
        Assert.Equal(30, targets().ThrowIfFailed().Output.Count);

        connectRetired();
        Assert.Contains(ChangesIn(await DeployAsync(endpoint, function)), static c => c.Contains("DELETE /2015-03-31/event-source-mappings", StringComparison.Ordinal));
        Assert.Equal(["customers Enabled", "news Enabled", "orders Enabled"], States());

        Assert.Empty(ChangesIn(await DeployAsync(endpoint, function)));
        Assert.Equal(30, targets().ThrowIfFailed().Output.Count);

        string[] States() => [.. sources().ThrowIfFailed().Output.Select(static o => $"{o.Properties["Name"].Value} {o.Properties["State"].Value}").Order(StringComparer.Ordinal)];
    }

    private async Task<string> DeployAsync(Uri endpoint, string function)
    {
        if (await PwshRun.ToolVersionAsync() is { ExitCode: not 0 } failed)
        {
            ServerMissing.EndTest("The pwsh of .config/dotnet-tools.json", $"dotnet tool restore. ({failed.Text.Trim()})");
        }

        string package = Path.Join(_folder.Path, "function.zip");
        if (!File.Exists(package))
        {
            Package.Write(package);
        }

        ProgramRun run = await PwshRun.OfAsync(
            PwshRun.Tool,
            [
                "-Command",
                $"$env:AWS_ENDPOINT_URL = '{endpoint}'; $env:AWS_REGION = 'us-east-1'; $env:AWS_ACCESS_KEY_ID = 'AKIATESTSOFFANOUT000'; $env:AWS_SECRET_ACCESS_KEY = 'secret'; "
                    + $"& ./docs/samples/deploy.ps1 -FunctionName {function} -Publish @{{ PackagePath = '{package}'; SkipTest = $true }} -Module ./FanOut.psd1 -Verbose; exit $LASTEXITCODE",
            ],
            Cancellation);
        Assert.True(run.ExitCode == 0 && run.Errors.Length == 0, run.Text);
        return run.Output;
    }

    // -Verbose tells each call: "VERBOSE: AWS call: dynamodb PutItem in us-east-1 at …", "AWS call: lambda PUT /2015-03-31/… in …".
    private static string[] ChangesIn(string output) => [.. output.Split('\n').Where(static l => Changing().IsMatch(l))];

    [GeneratedRegex(@"^VERBOSE: AWS call: \S+ (Create|Put|Update|Delete|Add|Remove|Attach|Detach|Tag|Untag|Subscribe|Unsubscribe|POST|PUT|DELETE)")]
    private static partial Regex Changing();
}
