using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>The composite action actions/setup: its steps as the runner of GitHub Actions runs them, with a package repository of its own in place of the Gallery.</summary>
public sealed partial class SetupActionTests(InstalledModule module) : IClassFixture<InstalledModule>
{
    private static readonly YamlMappingNode s_action = Yaml.Read("actions/setup/action.yml");

    [Fact]
    public void Inputs_are_never_code()
    {
        IReadOnlyList<YamlNode> steps = s_action["runs"].List("steps");

        Assert.All(steps, static s => Assert.DoesNotContain("${{", s["run"].Text(), StringComparison.Ordinal));
        Assert.All(steps.SelectMany(static s => s.Texts("env").Values), static v => Assert.Matches(@"^\$\{\{ inputs\.[a-z]+ \}\}$", v));
        string[] used = [.. steps.SelectMany(static s => s.AllTexts()).SelectMany(static t => Input().Matches(t)).Select(static m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(((YamlMappingNode)s_action["inputs"]).Select(static i => i.Key.Text()).Order(StringComparer.Ordinal), used);
    }

    [Fact]
    public void Inputs_are_documented_in_the_guide()
    {
        string guide = File.ReadAllText(Path.Join(Checkout.Root, "docs", "pipelines.md"));

        Assert.All((YamlMappingNode)s_action["inputs"], i =>
        {
            Assert.NotEmpty(i.Value["description"].Text());
            string wanted = i.Value["default"].Text() is { Length: > 0 } text ? $"`{text}`" : "";
            Assert.Matches($@"(?m)^\| `{i.Key.Text()}` \| {Regex.Escape(wanted)}", guide);
        });
    }

    [Fact]
    public async Task It_installs_the_module_and_runs_a_script_with_values_that_stay_values()
    {
        using Workspace workspace = await Workspace.CreateAsync(module);
        const string Script = """
            [CmdletBinding(SupportsShouldProcess)] param([string] $Name, [int] $Count)
            Import-Module FanOut
            "$Name $Count $WhatIfPreference $((Get-Module FanOut).Version) $env:FANOUT_ANNOTATE"
            exit $Count
            """;
        await File.WriteAllTextAsync(Path.Join(workspace.Repository, "deploy", "show.ps1"), Script, TestContext.Current.CancellationToken);
        const string Name = "$(throw 'run as code'); `\\\"; throw 'run as code' # ${{ github.token }}";

        (int exitCode, string output, string[] outputs, string[] environment) = await RunAsync(workspace, new()
        {
            ["version"] = "1.0.0",
            ["repository"] = "packages",
            ["script"] = "deploy/show.ps1",
            ["arguments"] = $$"""{"Name": "{{Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}}", "Count": 3, "WhatIf": true}""",
        });

        Assert.Contains($"{Name} 3 True 1.0.0 true", output, StringComparison.Ordinal);
        Assert.Equal(["version=1.0.0"], outputs);
        Assert.Equal(["FANOUT_ANNOTATE=true"], environment);
        // The runner hands its file to -Command, which makes 1 of every exit code but 0.
        Assert.Equal(1, exitCode);
    }

    [Theory]
    [InlineData("version", "9.9.9", "FanOut 9.9.9 could not be installed from the repository packages:")]
    [InlineData("repository", "absent", "FanOut 1.0.0 could not be installed from the repository absent:")]
    [InlineData("annotate", "yes\nPATH=/evil", "The input annotate is 'yes")]
    [InlineData("prerelease", "", "The input prerelease is ''")]
    [InlineData("script", "deploy/absent.ps1", "The input script is 'deploy/absent.ps1': there is no such file in the workspace.")]
    [InlineData("arguments", "[1]", "The input arguments is no JSON object")]
    [InlineData("arguments", "-WhatIf", "The input arguments is no JSON")]
    public async Task What_cannot_be_used_fails_the_step(string input, string value, string message)
    {
        using Workspace workspace = await Workspace.CreateAsync(module);

        (int exitCode, string output, _, string[] environment) = await RunAsync(workspace, new() { ["version"] = "1.0.0", ["repository"] = "packages", ["script"] = "deploy/deploy.ps1", [input] = value });

        Assert.Equal(1, exitCode);
        // PowerShell breaks the lines of an error, and draws a bar before each.
        Assert.Contains(message, Break().Replace(output, " "), StringComparison.Ordinal);
        Assert.DoesNotContain(environment, static l => l.StartsWith("PATH", StringComparison.Ordinal));
    }

    // The steps one after the other until one fails.
    private static async Task<(int ExitCode, string Output, string[] Outputs, string[] Environment)> RunAsync(Workspace workspace, Dictionary<string, string> inputs)
    {
        string output = Path.Join(workspace.Folder("runner"), "output"), environment = Path.Join(workspace.Folder("runner"), "environment");
        await File.WriteAllTextAsync(output, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(environment, "", TestContext.Current.CancellationToken);
        string Input(string expression) => SetupActionTests.Input().Replace(expression.Replace("${{ ", "", StringComparison.Ordinal).Replace(" }}", "", StringComparison.Ordinal), m =>
            inputs.GetValueOrDefault(m.Groups[1].Value) ?? s_action.At("inputs", m.Groups[1].Value, "default").Text());
        string text = "";
        foreach (YamlNode step in s_action["runs"].List("steps"))
        {
            Dictionary<string, string> variables = new()
            {
                ["GITHUB_ACTIONS"] = "true",
                ["GITHUB_WORKSPACE"] = "{0}",
                ["GITHUB_ACTION_PATH"] = Path.Join(Checkout.Root, "actions", "setup"),
                ["GITHUB_OUTPUT"] = output,
                ["GITHUB_ENV"] = environment,
            };
            foreach ((string name, string expression) in step.Texts("env"))
            {
                variables[name] = Input(expression);
            }

            foreach (string[] pair in (await File.ReadAllLinesAsync(environment, TestContext.Current.CancellationToken)).Select(static l => l.Split('=', 2)))
            {
                variables[pair[0]] = pair[1];
            }

            ProgramRun run = await workspace.RunAsync(Step.OfGitHub(step["shell"].Text(), step["run"].Text()), variables);
            text += run.Text;
            if (run.ExitCode != 0)
            {
                return (run.ExitCode, text, await File.ReadAllLinesAsync(output), await File.ReadAllLinesAsync(environment));
            }
        }

        return (0, text, await File.ReadAllLinesAsync(output), await File.ReadAllLinesAsync(environment));
    }

    [GeneratedRegex(@"\s+(\|\s+)?")]
    private static partial Regex Break();

    [GeneratedRegex(@"inputs\.([a-z]+)")]
    private static partial Regex Input();
}
