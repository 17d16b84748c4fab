using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using YamlDotNet.RepresentationModel;

namespace FanOut.EndToEnd.Workflows;

/// <summary>The workflows cannot run here, so they are thin: what they run are tasks of build.ps1, which other tests run.</summary>
public sealed partial class WorkflowTests
{
    private const string Azure = "azure-pipelines.yml";

    private static readonly JsonSchema Schema = JsonSchema.FromFile(Path.Join(Checkout.Root, "tests", "FanOut.EndToEnd", "Workflows", "github-workflow.json"));

    public static TheoryData<string> GitHub { get; } =
        [.. Directory.GetFiles(Path.Join(Checkout.Root, ".github", "workflows")).Select(static f => $".github/workflows/{Path.GetFileName(f)}")];

    /// <summary>With the one that users are to copy.</summary>
    public static TheoryData<string> WithSample { get; } = [.. GitHub.Select(static g => g.Data), "docs/ci/github-actions.yml"];

    public static TheoryData<string> All { get; } = [.. GitHub.Select(static g => g.Data), Azure];

    [Theory]
    [MemberData(nameof(WithSample))]
    public void It_is_as_the_schema_of_workflows_says(string path)
    {
        EvaluationResults results = Schema.Evaluate(Element(new Workflow(path).Root), new EvaluationOptions { OutputFormat = OutputFormat.List });

        Assert.True(results.IsValid, string.Join('\n', results.Details!.SelectMany(static d => (d.Errors ?? []).Select(e => $"{d.InstanceLocation}: {e.Value}"))));
    }

    [Theory]
    [InlineData("permissions: {}", "permissions: { contents: all }")]
    [InlineData("timeout-minutes: 20", "time-out: 20")]
    [InlineData("runs-on: ubuntu-22.04", "")]
    public void The_schema_finds_mistakes(string right, string wrong)
    {
        YamlStream stream = [];
        string text = string.Join('\n', new Workflow(".github/workflows/ci.yml").Lines);
        Assert.Contains(right, text, StringComparison.Ordinal);
        stream.Load(new StringReader(text.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.False(Schema.Evaluate(Element(stream.Documents[0].RootNode)).IsValid);
    }

    /// <summary>A tag can be moved to other code, a commit cannot. The comment names its version.</summary>
    [Theory]
    [MemberData(nameof(WithSample))]
    public void Actions_of_others_are_pinned_to_a_commit(string path)
    {
        Workflow workflow = new(path);
        string[] others = [.. workflow.ValuesOf("uses").Where(static u => !u.StartsWith("./", StringComparison.Ordinal))];

        Assert.All(others, static u => Assert.Matches(@"^[\w-]+/[\w/-]+@[0-9a-f]{40}$", u));
        Assert.All(others, u => Assert.Contains(workflow.Lines, l => l.Contains(u, StringComparison.Ordinal) && Version().IsMatch(l)));
        Assert.All(workflow.ValuesOf("uses").Except(others), static u => Assert.True(File.Exists(Path.Join(Checkout.Root, u)), u));
    }

    [Fact]
    public void One_action_is_of_one_commit_everywhere() => Assert.All(
        GitHub.SelectMany(static g => new Workflow(g.Data).ValuesOf("uses")).Distinct().GroupBy(static u => u.Split('@')[0]), static g => Assert.Single(g));

    [Theory]
    [MemberData(nameof(GitHub))]
    public void A_job_may_do_what_it_names_and_nothing_is_given_to_all(string path)
    {
        Workflow workflow = new(path);

        Assert.Empty(((YamlMappingNode)workflow.Root["permissions"]).Children);
        foreach ((string name, YamlMappingNode job) in workflow.Jobs)
        {
            string[] rights = [.. ((YamlMappingNode)job["permissions"]).Children.Select(static p => $"{p.Key}: {p.Value}")];
            string[] expected = (path, name) == (".github/workflows/release.yml", "release")
                ? ["contents: write", "id-token: write", "attestations: write"]
                : ["contents: read"];
            Assert.Equal(expected, rights);
            Assert.True(job.Children.ContainsKey("uses") || job.Children.ContainsKey("timeout-minutes"), name);
        }
    }

    [Theory]
    [MemberData(nameof(WithSample))]
    public void A_checkout_leaves_no_token_behind(string path) => Assert.All(
        Steps(new Workflow(path)).Where(static s => Text(s, "uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true),
        static s => Assert.Equal("false", Text((YamlMappingNode)s["with"], "persist-credentials")));

    /// <summary>What somebody else may have written, a branch's name or a title, would run as a part of the script.</summary>
    [Theory]
    [MemberData(nameof(WithSample))]
    public void Scripts_hold_no_expression_but_those_of_the_matrix(string path) => Assert.All(
        new Workflow(path).ValuesOf("run").SelectMany(static r => Expression().Matches(r)), static m => Assert.StartsWith("matrix.", m.Groups[1].Value, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(All))]
    public void What_it_runs_are_tasks_of_the_build(string path)
    {
        string[] tasks = Tasks();
        Workflow workflow = new(path);
        string[] scripts = [.. workflow.ValuesOf(path == Azure ? "pwsh" : "run")];

        Assert.NotEmpty(scripts);
        Assert.Empty(workflow.ValuesOf(path == Azure ? "script" : "pwsh"));
        Assert.All(scripts, s =>
        {
            Match call = Call().Match(s);
            Assert.True(call.Success, s);
            Assert.All(call.Groups[1].Value.Split(", "), t => Assert.Contains(t, tasks));
        });
    }

    /// <summary>Both services test the same package in the same places.</summary>
    [Fact]
    public void Azure_tests_where_GitHub_does()
    {
        YamlMappingNode matrix = (YamlMappingNode)new Workflow(".github/workflows/ci.yml").Jobs["test"]["strategy"]["matrix"];
        IEnumerable<string> places = from os in (YamlSequenceNode)matrix["os"] from version in (YamlSequenceNode)matrix["powershell"] select $"{os} {version}".ToUpperInvariant();
        YamlNode test = ((YamlSequenceNode)new Workflow(Azure).Root["jobs"]).Single(static j => $"{j["job"]}" == "Test");

        Assert.Equal(
            places.Order(StringComparer.Ordinal),
            ((YamlMappingNode)test["strategy"]["matrix"]).Children.Select(static c => $"{c.Value["vmImage"]} {c.Value["powershell"]}".ToUpperInvariant()).Order(StringComparer.Ordinal));
        Assert.Contains(places, static p => p.EndsWith(" 7.6.9", StringComparison.Ordinal));
    }

    private static string[] Tasks() =>
        [.. Task().Matches(File.ReadAllText(Path.Join(Checkout.Root, "build.ps1"))).Select(static m => m.Groups[1].Value)];

    private static IEnumerable<YamlMappingNode> Steps(Workflow workflow) => workflow.Jobs.Values
        .Where(static j => j.Children.ContainsKey("steps"))
        .SelectMany(static j => (YamlSequenceNode)j["steps"])
        .Cast<YamlMappingNode>();

    private static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out YamlNode? value) && value is YamlScalarNode scalar ? scalar.Value : null;

    private static JsonElement Element(YamlNode node)
    {
        using var json = JsonDocument.Parse(Json(node)!.ToJsonString());
        return json.RootElement.Clone();
    }

    // The schema is of JSON: what YAML writes plainly as a number or a truth is one.
    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(static c => KeyValuePair.Create($"{c.Key}", Json(c.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar => scalar.Value switch
        {
            "" or "null" or "~" => null,
            "true" or "false" => bool.Parse(scalar.Value),
            _ when int.TryParse(scalar.Value, System.Globalization.CultureInfo.InvariantCulture, out int number) => number,
            _ => scalar.Value,
        },
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidDataException($"{node} is neither a mapping nor a sequence nor a scalar."),
    };

    [GeneratedRegex(@"# v\d+\.\d+\.\d+$")]
    private static partial Regex Version();

    [GeneratedRegex(@"\$\{\{\s*([^}]*?)\s*\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\./build\.ps1 -Task (\w+(?:, \w+)*)(?: -(?:PowerShell|Tag) [\w${}(). :]+)?$")]
    private static partial Regex Call();

    [GeneratedRegex(@"^    (\w+) +=\s+\{", RegexOptions.Multiline)]
    private static partial Regex Task();
}
