using FanOut.Annotations;

namespace FanOut.Tests.Annotations;

public sealed class CiServiceTests
{
    private static readonly string s_workspace = Path.Join(Path.GetTempPath(), "work", "shop");

    [Theory]
    [InlineData("", null)]
    [InlineData("CI=true", null)]
    [InlineData("GITHUB_ACTIONS=true", nameof(GitHubActions))]
    [InlineData("GITHUB_ACTIONS=false", null)]
    [InlineData("TF_BUILD=True", nameof(AzurePipelines))]
    [InlineData("TF_BUILD=True GITHUB_ACTIONS=true", nameof(GitHubActions))]
    public void A_service_is_known_by_its_variable(string variables, string? expected)
    {
        Dictionary<string, string> environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static v => v.Split('=')).ToDictionary(static v => v[0], static v => v[1]);

        Assert.Equal(expected, CiService.Of(n => environment.GetValueOrDefault(n))?.GetType().Name);
    }

    [Fact]
    public void A_script_of_the_repository_is_named()
    {
        string file = Path.Join(s_workspace, "deploy.ps1");

        Assert.Equal($"::error file={GitHub(file)},line=3,col=5,title=Get-FanOutTarget%3A TargetNotFound::no", new GitHubActions(s_workspace).Annotate(Error(file)));
        Assert.Equal(
            $"##vso[task.logissue type=error;sourcepath={file};linenumber=3;columnnumber=5;code=TargetNotFound;]Get-FanOutTarget: no", new AzurePipelines(s_workspace).Annotate(Error(file)));
    }

    [Theory]
    [InlineData("shop-temp")]
    [InlineData("_temp")]
    [InlineData("shop/../_temp")]
    public void What_is_typed_in_the_workflow_runs_from_a_temporary_file_which_is_not_named(string folder)
    {
        string file = Path.Join(Path.GetTempPath(), "work", folder, "1.ps1");

        Assert.Equal("::error title=Get-FanOutTarget%3A TargetNotFound::no", new GitHubActions(s_workspace + Path.DirectorySeparatorChar).Annotate(Error(file)));
        Assert.Equal("##vso[task.logissue type=error;code=TargetNotFound;]Get-FanOutTarget: no", new AzurePipelines(s_workspace).Annotate(Error(file)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Where_the_repository_is_unknown_every_script_is_named(string? workspace) =>
        Assert.Contains("line=3", new GitHubActions(workspace).Annotate(Error(Path.Join(s_workspace, "deploy.ps1"))), StringComparison.Ordinal);

    [Fact]
    public void A_warning_has_no_code_of_its_own()
    {
        Annotation warning = new(AnnotationKind.Warning, "Connect-FanOutSource", null, "lossy", null);

        Assert.Equal("::warning title=Connect-FanOutSource::lossy", new GitHubActions(null).Annotate(warning));
        Assert.Equal("##vso[task.logissue type=warning;code=Connect-FanOutSource;]Connect-FanOutSource: lossy", new AzurePipelines(null).Annotate(warning));
    }

    [Fact]
    public void A_secret_of_several_lines_is_masked_line_by_line()
    {
        Assert.Equal(["::add-mask::one", "::add-mask::two"], new GitHubActions(null).Mask("one\r\n\r\n two \n"));
        Assert.Equal(["##vso[task.setsecret]a%3Bb%5D", "##vso[task.setsecret]%AZP25"], new AzurePipelines(null).Mask("a;b]\n%"));
        Assert.Empty(new GitHubActions(null).Mask(" \n"));
    }

    private static Annotation Error(string file) => new(AnnotationKind.Error, "Get-FanOutTarget", "TargetNotFound", "no", new ScriptLine(file, 3, 5));

    // Drives of Windows have colons.
    private static string GitHub(string file) => file.Replace(":", "%3A", StringComparison.Ordinal);
}
