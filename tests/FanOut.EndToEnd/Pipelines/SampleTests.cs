using FanOut.LocalCloud.Policies;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>The samples of docs/ci do what they say: a plan changes nothing, its application everything that it told, and both need what their roles may, and no more.</summary>
public sealed class SampleTests(InstalledModule module) : IClassFixture<InstalledModule>
{
    [Theory]
    [InlineData("GitHub")]
    [InlineData("Azure")]
    [InlineData("GitLab")]
    public async Task Each_service_plans_and_applies(string service)
    {
        using Workspace workspace = await Workspace.CreateAsync(module);
        await using PipelineCloud cloud = new();

        string first = await RunAsync(workspace, cloud, service, "plan");
        Assert.Empty(cloud.TakeChanges());
        foreach (string change in new[] { "+ Create    Function function fanout", "+ Create    Target   audit", "+ Create    Target   lake", "+ Create    Target   large", "+ Create    Source   orders" })
        {
            Assert.Contains(Workspace.Plan(first), l => l.StartsWith(change, StringComparison.Ordinal));
        }

        await RunAsync(workspace, cloud, service, "apply");
        Assert.Equal(["audit", "lake", "large"], cloud.Targets);
        Assert.Equal(["FanOut-fanout-DeadLettered", "FanOut-fanout-Failed", "FanOut-fanout-InvalidMappings", "FanOut-fanout-IteratorAge"], cloud.Cloud.CloudWatch.Alarms.Select(static a => a.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_plan_is_what_its_application_does_and_both_need_what_their_roles_may_do()
    {
        using Workspace workspace = await Workspace.CreateAsync(module);
        await using PipelineCloud cloud = new();
        Task<string> RunAsync(string job) => SampleTests.RunAsync(workspace, cloud, "Azure", job);

        await RunAsync("apply");
        Assert.NotEmpty(cloud.TakeChanges());

        Assert.Empty(Workspace.Plan(await RunAsync("plan")));
        await RunAsync("apply");
        Assert.Empty(cloud.TakeChanges());

        await workspace.EditAsync("fanout.json", static lines =>
        [
            .. lines.Select(static l => l.Replace("\"FunctionName\": \"fanout\"", "\"FunctionName\": \"fanout\", \"MemorySize\": 256, \"Tag\": { \"team\": \"shop\" }", StringComparison.Ordinal)
                .Replace("\"orders-failed\"", "\"orders-failed\", \"BatchSize\": 50", StringComparison.Ordinal).Replace("\"none\"", "\"JSON\"", StringComparison.Ordinal)
                .Replace("\"Id\": \"lake\", \"Type\": \"firehose\", \"Destination\": \"lake\"", "\"Id\": \"copy\", \"Type\": \"sqs\", \"Destination\": \"audit-queue\", \"Enabled\": false", StringComparison.Ordinal)),
        ]);
        string plan = string.Join('\n', Workspace.Plan(await RunAsync("plan")));
        Assert.Empty(cloud.TakeChanges());
        foreach (string change in new[] { "MemorySize 128 → 256", "Tag with team", "BatchSize 500 → 50", "~ Change    Target   audit", "Collapse none → JSON", "+ Create    Target   copy", "- Remove    Target   lake" })
        {
            Assert.Contains(change, plan, StringComparison.Ordinal);
        }

        await RunAsync("apply");
        Assert.Equal(["audit", "copy", "large"], cloud.Targets);
        Assert.Equal(256, cloud.MemorySize);

        Assert.DoesNotContain(cloud.ChecksOf("plan").Concat(cloud.ChecksOf("apply")), static c => c.Decision != AccessDecision.Allowed);
        foreach (string job in new[] { "plan", "apply" })
        {
            Assert.Empty(SamplePolicies.Statements(job).Where(s => !s.Permissions.Any(p => cloud.ChecksOf(job).Any(p.Covers))).Select(static s => s.Sid));
        }
    }

    [Fact]
    public async Task Alarms_and_sources_are_those_of_the_function_that_the_file_names()
    {
        using Workspace workspace = await Workspace.CreateAsync(module);
        await using PipelineCloud cloud = new();
        cloud.RoleOf("apply").PutPolicy("documented", SamplePolicies.Read("apply").Replace("fanout", "prod", StringComparison.Ordinal));
        await workspace.EditAsync("fanout.json", static lines => [.. lines.Select(static l => l.Replace("\"FunctionName\": \"fanout\"", "\"FunctionName\": \"prod\"", StringComparison.Ordinal))]);

        await RunAsync(workspace, cloud, "Azure", "apply");

        Assert.NotEmpty(cloud.Cloud.CloudWatch.Alarms);
        Assert.All(cloud.Cloud.CloudWatch.Alarms, static a => Assert.StartsWith("FanOut-prod-", a.Name, StringComparison.Ordinal));
    }

    /// <summary>Runs the steps of a job with the credentials of its role.</summary>
    private static async Task<string> RunAsync(Workspace workspace, PipelineCloud cloud, string service, string job)
    {
        Sample sample = Sample.All[service];
        Dictionary<string, string> variables = new(sample.Variables);
        foreach ((string name, string value) in await cloud.CredentialsAsync(job))
        {
            variables[name] = value;
        }

        string output = "";
        foreach (Step step in sample.Jobs[job])
        {
            ProgramRun run = await workspace.RunAsync(step, variables);
            Assert.True(run.ExitCode == 0, $"{step.Script}\n{run.Text}");
            output += run.Output;
        }

        return output;
    }
}
