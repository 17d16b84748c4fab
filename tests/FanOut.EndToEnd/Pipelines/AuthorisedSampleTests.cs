using FanOut.EndToEnd.Cmdlets;
using FanOut.EndToEnd.Deployment;
using FanOut.EndToEnd.Engine;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>The samples at moto, which checks signatures and, as far as it can (<see cref="MotoPolicy"/>), the policies of docs/ci.</summary>
public sealed class AuthorisedSampleTests(AuthorisedMoto moto, InstalledModule module) : IClassFixture<AuthorisedMoto>, IClassFixture<InstalledModule>
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}""";

    [Fact]
    public async Task Both_roles_may_do_what_their_jobs_do()
    {
        using MotoSession session = await moto.StartAsync("orders", "pipeline-all");
        using Bucket bucket = await Bucket.CreateAsync(session.Endpoint, "lake");
        foreach (string queue in new[] { "orders-failed", "audit-queue", "large-orders" })
        {
            await session.Api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = queue });
        }

        Dictionary<string, IReadOnlyDictionary<string, string>> variables = [];
        foreach (string job in new[] { "plan", "apply" })
        {
            await AuthorisedMoto.CreateRoleAsync(session.Api, SamplePolicies.RoleOf(job), Trust);
            (string key, string secret, string token) = await AuthorisedMoto.AssumeAsync(session.Api, Emulated.Account, SamplePolicies.RoleOf(job), SamplePolicies.Read(job));
            variables[job] = new Dictionary<string, string>
            {
                ["AWS_ENDPOINT_URL"] = session.Endpoint.AbsoluteUri,
                ["AWS_REGION"] = Emulated.Region,
                ["AWS_ACCESS_KEY_ID"] = key,
                ["AWS_SECRET_ACCESS_KEY"] = secret,
                ["AWS_SESSION_TOKEN"] = token,
            };
        }

        using Workspace workspace = await Workspace.CreateAsync(module);

        // Moto runs functions in Docker only.
        await workspace.EditAsync("deploy.ps1", static lines => [.. lines.Select(static l => l.Replace("$Sync = @{}", "$Sync = @{ SkipTest = $true }", StringComparison.Ordinal))]);
        await moto.Server.ResetAuthAsync(0);

        await RunAsync("plan");
        ProgramRun denied = await workspace.RunAsync(Sample.All["Azure"].Jobs["apply"][^1], variables["plan"]);
        Assert.Equal(1, denied.ExitCode);
        Assert.Contains("AccessDenied", denied.Text, StringComparison.Ordinal);
        await RunAsync("apply");
        Assert.Empty(Workspace.Plan(await RunAsync("plan")));

        async Task<string> RunAsync(string job)
        {
            string output = "";
            foreach (Step step in Sample.All["Azure"].Jobs[job])
            {
                ProgramRun run = await workspace.RunAsync(step, variables[job]);
                Assert.True(run.ExitCode == 0, run.Text);
                output += run.Output;
            }

            return output;
        }
    }
}
