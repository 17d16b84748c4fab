using System.Management.Automation;
using System.Text.Json;

namespace FanOut.Tests.Cmdlets.DesiredState;

/// <summary>A cloud with a published function, whose sources and targets are what a file says.</summary>
public abstract class StateTests : Deployment.DeploymentTests
{
    private protected const string Queue = "arn:aws:sqs:us-east-1:123456789012:";

    private readonly TemporaryFolder _files = new();

    private protected StateTests()
        : base(enforcePolicies: true)
    {
        Run($"$PSDefaultParameterValues['Sync-FanOutTarget:PackagePath'] = '{PackagePath}'; $PSDefaultParameterValues['Sync-FanOutTarget:SkipTest'] = $true; $WarningPreference = 'Ignore'").ThrowIfFailed();
        foreach (string queue in new[] { "audit", "archive", "failed" })
        {
            Session.Cloud.Sqs.CreateQueue(queue);
        }
    }

    /// <summary>A state with a function, one source and targets.</summary>
    private protected static string State(params string[] targets) => $$"""
        {
          "Function": { "FunctionName": "fresh", "MemorySize": 256 },
          "Sources": [ { "Source": "orders", "SourceType": "Kinesis", "OnFailureDestination": "failed" } ],
          "Targets": [
            {{string.Join(",\n    ", targets)}}
          ]
        }
        """;

    private protected static string Target(string id, string more = "") => $$"""{ "Id": "{{id}}", "Type": "sqs", "Destination": "{{Queue}}{{id}}"{{(more.Length > 0 ? ", " + more : "")}} }""";

    /// <summary>Writes a file.</summary>
    private protected string Write(string text, string name = "fanout.json")
    {
        string path = Path.Join(_files.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The path of a file that may not be there.</summary>
    private protected string Named(string name) => Path.Join(_files.Path, name);

    /// <summary>Makes it so.</summary>
    private protected PowerShellResult Sync(string text, string more = "") => Run($"Sync-FanOutTarget '{Write(text)}' {more}");

    /// <summary>The changes that come out, as <c>Create Target t1</c>.</summary>
    private protected static IEnumerable<string> Changes(PowerShellResult result) => result.ThrowIfFailed().Output.Select(static o => Texts(o, "Action", "ItemType", "Id"));

    /// <summary>A change's attributes, each as <c>Collapse JSON → none</c>.</summary>
    private protected static string Attributes(PSObject change) => string.Join(", ", ((object[])change.Properties["Attributes"].Value).Select(static a => a.ToString()));

    private protected IReadOnlyList<JsonElement> Rows =>
        [.. Session.Cloud.Dynamo.Find("freshTargets")!.Items.Select(static i => JsonDocument.Parse(i.ToJsonString()).RootElement).Where(static r => !Id(r).StartsWith('#'))];

    private protected static string Id(JsonElement row) => row.GetProperty("id").GetProperty("S").GetString()!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _files.Dispose();
        GC.SuppressFinalize(this);
    }
}
