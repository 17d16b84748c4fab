using YamlDotNet.RepresentationModel;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>What docs/ci has for a CI service: the commands of its two jobs, as the service would run them.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Variables">What the service sets, with the folder of the repository in place of <c>{0}</c>.</param>
/// <param name="Jobs">The steps of each job: <c>plan</c> and <c>apply</c>.</param>
internal sealed record Sample(string File, IReadOnlyDictionary<string, string> Variables, IReadOnlyDictionary<string, IReadOnlyList<Step>> Jobs)
{
    /// <summary>All samples, by the names of their services.</summary>
    public static IReadOnlyDictionary<string, Sample> All { get; } = new Dictionary<string, Sample>
    {
        ["GitHub"] = OfGitHub(),
        ["Azure"] = OfAzure(),
        ["GitLab"] = OfGitLab(),
    };

    // A run step of GitHub Actions has the job's variables of AWS by then: configure-aws-credentials has set them.
    private static Sample OfGitHub()
    {
        YamlMappingNode workflow = Yaml.Read("docs/ci/github-actions.yml");
        return new(
            "github-actions.yml",
            new Dictionary<string, string>(workflow.Texts("env")) { ["GITHUB_ACTIONS"] = "true", ["GITHUB_WORKSPACE"] = "{0}" },
            ((YamlMappingNode)workflow["jobs"]).ToDictionary(
                static j => j.Key.Text(),
                static j => (IReadOnlyList<Step>)[.. j.Value.List("steps").Where(static s => s.Has("run")).Select(static s => Step.OfGitHub(s["shell"].Text(), s["run"].Text()))]));
    }

    private static Sample OfAzure()
    {
        YamlMappingNode pipeline = Yaml.Read("docs/ci/azure-pipelines.yml");
        Dictionary<string, IReadOnlyList<Step>> jobs = pipeline.List("jobs").ToDictionary(
            static j => j[j.Has("job") ? "job" : "deployment"].Text(),
            static j => (IReadOnlyList<Step>)[.. (j.Has("steps") ? j : j.At("strategy", "runOnce", "deploy")).List("steps").Where(static s => !s.Has("checkout")).Select(OfAzure)]);
        return new("azure-pipelines.yml", new Dictionary<string, string>(pipeline.Texts("variables")) { ["TF_BUILD"] = "True", ["BUILD_SOURCESDIRECTORY"] = "{0}" }, jobs);
    }

    // AWSShellScript runs its script in bash with AWS's variables set.
    private static Step OfAzure(YamlNode step) => step.Has("pwsh") ? Step.OfPwsh(step["pwsh"].Text())
        : step["task"].Text() == "AWSShellScript@1" ? Step.OfBash(step.At("inputs", "inlineScript").Text())
        : throw new NotSupportedException(step["task"].Text());

    private static Sample OfGitLab()
    {
        YamlMappingNode pipeline = Yaml.Read("docs/ci/gitlab-ci.yml");
        IEnumerable<YamlNode> before = pipeline[".fanout"].List("before_script");
        return new(
            "gitlab-ci.yml",
            new Dictionary<string, string>(pipeline[".fanout"].Texts("variables")),
            new[] { "plan", "apply" }.ToDictionary(
                static j => j,
                j => (IReadOnlyList<Step>)[.. before.Concat(pipeline[j].List("script")).Select(static s => Step.OfBash(s.Text()))]));
    }
}
