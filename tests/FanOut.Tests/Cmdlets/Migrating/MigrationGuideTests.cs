using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Migrating;

/// <summary>Each pair of docs/migrating.md: the cmdlet's line does what the original's line says.</summary>
public sealed partial class MigrationGuideTests(PreparedCloud cloud) : IClassFixture<PreparedCloud>
{
    // Not among the pairs: what they do is tested with the cmdlets themselves.
    private static readonly string[] Deploying = ["deploy", "destroy", "exec-role", "exec-role-arn", "subnet", "security-group", "memory", "timeout", "runtime"];

    private static readonly string[] AnyCommand = ["function", "function-arn", "source-type", "source", "source-arn", "table", "table-arn"];
    private static readonly string[] AnyCall = ["region", "profile", "debug", "endpoint-url", "no-verify-ssl"];
    private static readonly string[] AnySetting = ["active", "destination-role-arn", "external-id", "collapse", "parallel", "convert-ddb", "deaggregate"];

    /// <summary>The commands and options of the CLI section of the original's text, but for those of deploy and destroy.</summary>
    private static readonly Dictionary<string, string[]> CommandLine = new()
    {
        ["list"] = AnyCommand,
        ["register"] = [.. AnyCommand, "id", "destination", "index", "destination-region", .. AnySetting],
        ["update"] = [.. AnyCommand, "id", .. AnySetting],
        ["activate"] = [.. AnyCommand, "id"],
        ["deactivate"] = [.. AnyCommand, "id"],
        ["unregister"] = [.. AnyCommand, "id"],
        ["hook"] = AnyCommand,
        ["unhook"] = AnyCommand,
        ["pause"] = AnyCommand,
        ["resume"] = AnyCommand,
    };

    public static TheoryData<string, string> Pairs => [.. MigrationGuide.Pairs.Select(static p => new TheoryDataRow<string, string>(p.Original, p.Cmdlet))];

    [Fact]
    public void Every_command_and_option_of_the_original_is_there()
    {
        OriginalCommand[] commands = [.. MigrationGuide.Pairs.Select(static p => OriginalCommand.Parse(p.Original))];

        Assert.Equal(CommandLine.Keys.Order(StringComparer.Ordinal), commands.Select(static c => c.Name).Distinct().Order(StringComparer.Ordinal));
        foreach ((string name, string[] options) in CommandLine)
        {
            string[] missing = [.. options.Except(commands.Where(c => c.Name == name).SelectMany(static c => c.Options.Keys))];
            Assert.True(missing.Length == 0, $"{name} lacks {string.Join(", ", missing)}");
        }

        Assert.Empty(AnyCall.Except(commands.SelectMany(static c => c.Options.Keys)));
        Assert.Empty(new[] { "none", "JSON", "concat", "concat-b64" }.Except(commands.Select(static c => c["collapse"])));
        Assert.All(commands.SelectMany(static c => c.Options.Keys.Select(o => (c.Name, Option: o))), o => Assert.Contains(o.Option, CommandLine[o.Name].Concat(AnyCall)));
    }

    [Theory]
    [InlineData("sns")]
    [InlineData("sqs")]
    [InlineData("es")]
    [InlineData("kinesis")]
    [InlineData("firehose")]
    [InlineData("iot")]
    [InlineData("lambda")]
    [InlineData("memcached")]
    [InlineData("redis")]
    public void Every_type_is_there_by_name_and_in_full(string type)
    {
        string[] destinations = [.. MigrationGuide.Pairs.Select(static p => OriginalCommand.Parse(p.Original)).Where(c => c.Type == type).Select(static c => c["destination"]!)];

        Assert.Contains(destinations, static d => !IsInFull(d));
        Assert.Contains(destinations, IsInFull);
    }

    [Fact]
    public void The_tables_name_options_and_parameters_that_exist()
    {
        HashSet<string> names =
        [
            .. cloud.PowerShell.Run("Get-Command -Module FanOut | ForEach-Object { $_.Name; $_.Parameters.Keys | ForEach-Object { \"-$_\" } }").ThrowIfFailed().Output.Select(static o => $"{o}"),
        ];

        Assert.NotEmpty(MigrationGuide.Rows);
        Assert.Equal(
            CommandLine.Keys.Concat(CommandLine["register"]).Concat(AnyCall).Concat(Deploying).Order(StringComparer.Ordinal),
            MigrationGuide.Rows.SelectMany(static r => CodeSpan().Matches(r.Original)).Select(static m => m.Groups[1].Value.TrimStart('-'))
                .Except(["kinesis", "dynamodb"]).Order(StringComparer.Ordinal));
        Assert.All(
            MigrationGuide.Rows.SelectMany(static r => CodeSpan().Matches(r.Ours)).Select(static m => m.Groups[1].Value.Split(':')[0]).Where(static s => s.Contains('-', StringComparison.Ordinal)),
            name => Assert.Contains(name, names));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task The_cmdlet_does_what_the_command_did(string original, string cmdlet)
    {
        OriginalCommand command = OriginalCommand.Parse(original);
        string region = OriginalTool.Region(command), source = OriginalTool.Source(command, cloud.TableStream);
        JsonObject before = OriginalTool.Before(command, source);
        await cloud.ResetAsync();
        EventSourceMapping? mapping = null;
        if (command.Name is "unhook" or "pause" or "resume")
        {
            mapping = cloud.Lambda.CreateEventSourceMapping(source, "fanout", new EventSourceMappingOptions());
            await (command.Name == "resume" ? mapping.DisableAsync() : mapping.EnableAsync());
        }

        if (command.Name is not ("register" or "hook"))
        {
            cloud.Put(before, region);
        }

        int tls = cloud.TlsConnections;

        PowerShellResult result = cloud.Run(cmdlet, endpoint: command["endpoint-url"] is null, keys: command["profile"] is null).ThrowIfFailed();

        Assert.NotEmpty(cloud.Calls);
        Assert.All(cloud.Calls, c => Assert.Equal(command["profile"] is null ? "AKIASESSION000000000" : PreparedCloud.ProfileKey, c.AccessKeyId));

        // The role is not one that the module made: it does not have the policy that would be kept in step. IAM does not even know it.
        Assert.All(cloud.Calls.Where(static c => c.Operation is not ("GetRolePolicy" or "ListRolePolicies")), static c => Assert.Equal(200, c.Status / 100 * 100));
        Assert.Equal(command["no-verify-ssl"] is not null, cloud.TlsConnections > tls);
        Assert.Equal(command["debug"] is not null, result.Verbose.Any(static v => v.Contains("Query", StringComparison.Ordinal)));
        CheckRow(command, result, source, before, cloud.Rows(region: region));
        CheckMapping(command, source, mapping);
    }

    private void CheckRow(OriginalCommand command, PowerShellResult result, string source, JsonObject before, IReadOnlyList<JsonObject> rows)
    {
        switch (command.Name)
        {
            case "register":
                JsonObject row = Assert.Single(rows);
                JsonObject expected = OriginalTool.Registered(command, source, Destination(command, cloud.Calls.FirstOrDefault(static c => c.Operation == "DescribeEndpoint") is not null ? row : null));
                row.Remove("maxItemBytes");
                AssertSame(expected, row);
                break;
            case "update" or "activate" or "deactivate":
                AssertSame(OriginalTool.Changed(command, before), Assert.Single(rows));
                break;
            case "unregister":
                Assert.Empty(rows);
                break;
            case "list":
                PSObject target = Assert.Single(result.Output);
                Assert.Equal(("target1", source), (target.Properties["Id"].Value, target.Properties["SourceArn"].Value));
                AssertSame(before, Assert.Single(rows));
                break;
            default:
                Assert.True(rows.Count <= 1);
                break;
        }
    }

    private void CheckMapping(OriginalCommand command, string source, EventSourceMapping? mapping)
    {
        switch (command.Name)
        {
            case "hook":
                EventSourceMapping made = Assert.Single(cloud.Lambda.EventSourceMappings.Values);
                Assert.Equal((source, EventSourceMappingState.Enabled, true, true), (made.Stream.Arn, made.State, made.Settings.ReportBatchItemFailures, made.Settings.BisectBatchOnFunctionError));
                break;
            case "unhook":
                Assert.Empty(cloud.Lambda.EventSourceMappings);
                break;
            case "pause" or "resume":
                Assert.Equal(command.Name == "pause" ? EventSourceMappingState.Disabled : EventSourceMappingState.Enabled, mapping!.State);
                break;
            default:
                Assert.Empty(cloud.Lambda.EventSourceMappings);
                break;
        }
    }

    // The account's IoT endpoint is anything; that it was asked for, and what follows it, is what counts.
    private string Destination(OriginalCommand command, JsonObject? asked)
    {
        string given = command["destination"]!;
        if (command.Type == "iot" && !IsInFull(given))
        {
            string written = asked!["destination"]!["S"]!.GetValue<string>();
            return $"{written.Split('#')[0]}#{given}";
        }

        if (command["destination-region"] is { } region && command.Type == "sqs")
        {
            Assert.Contains(cloud.Calls, c => (c.Operation, c.Region) == ("GetQueueUrl", region));
        }

        string found = cloud.Names.GetValueOrDefault((command.Type!, given), given);
        return command["index"] is { } index ? $"{found}#{index}" : found;
    }

    private static bool IsInFull(string destination) => destination.Contains(':', StringComparison.Ordinal) || destination.Contains('#', StringComparison.Ordinal);

    private static void AssertSame(JsonObject expected, JsonObject actual) => Assert.Equal(Sorted(expected), Sorted(actual));

    private static string Sorted(JsonObject row) => string.Join('\n', row.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => $"{p.Key} {p.Value!.ToJsonString()}"));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
