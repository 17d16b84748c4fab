using System.Text.RegularExpressions;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>What the files of docs/ci must have that only their services would show.</summary>
public sealed partial class SampleFileTests
{
    public static TheoryData<string> Files => [.. Sample.All.Values.Select(static s => s.File)];

    [Fact]
    public void Jobs_of_GitHub_may_read_and_ask_for_a_token_and_forks_get_none()
    {
        var workflow = Yaml.Read("docs/ci/github-actions.yml");
        Assert.Empty(workflow.Texts("permissions"));
        foreach (string job in new[] { "plan", "apply" })
        {
            var node = workflow.At("jobs", job);
            Assert.Equal(new Dictionary<string, string> { ["contents"] = "read", ["id-token"] = "write" }, node.Texts("permissions"));
            Assert.Equal(SamplePolicies.RoleOf(job), RoleIn(node.List("steps").Single(static s => s.Has("with") && s["with"].Has("role-to-assume")).At("with", "role-to-assume").Text()));
        }

        Assert.Equal("production", workflow.At("jobs", "apply", "environment").Text());
        Assert.Contains("head.repo.full_name == github.repository", workflow.At("jobs", "plan", "if").Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_job_has_its_own_role()
    {
        var azure = Yaml.Read("docs/ci/azure-pipelines.yml");
        var gitlab = Yaml.Read("docs/ci/gitlab-ci.yml");

        Assert.Equal(["fanout-plan", "fanout-deploy"], AwsCredentials().Matches(string.Join('\n', File.ReadAllLines(Path.Join(Checkout.Root, "docs", "ci", "azure-pipelines.yml")))).Select(static m => m.Groups[1].Value));
        Assert.Equal(["plan", "apply"], azure.List("jobs").Select(static j => j[j.Has("job") ? "job" : "deployment"].Text()));
        Assert.All(new[] { "plan", "apply" }, j => Assert.Equal(SamplePolicies.RoleOf(j), RoleIn(gitlab.At(j, "variables", "AWS_ROLE_ARN").Text())));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_version_that_is_installed_is_that_of_the_manifest(string file)
    {
        string version = Version().Match(File.ReadAllText(Path.Join(Checkout.Root, "FanOut.psd1"))).Groups[1].Value;
        string text = File.ReadAllText(Path.Join(Checkout.Root, "docs", "ci", file));

        Assert.All(Installed().Matches(text), m => Assert.Equal(version, m.Groups[1].Value));
        Assert.Matches(Installed(), text);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Steps_hold_no_expressions_of_the_service(string file) =>
        Assert.All(Sample.All.Values.Single(s => s.File == file).Jobs.Values.SelectMany(static j => j), static s => Assert.DoesNotContain("${{", s.Script, StringComparison.Ordinal));

    private static string RoleIn(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    [GeneratedRegex("awsCredentials: (.+)")]
    private static partial Regex AwsCredentials();

    [GeneratedRegex("ModuleVersion += '([^']+)'")]
    private static partial Regex Version();

    [GeneratedRegex("Install-PSResource -Name FanOut -Version ([0-9.]+)")]
    private static partial Regex Installed();
}
