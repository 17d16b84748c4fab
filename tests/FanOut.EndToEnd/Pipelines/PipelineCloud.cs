using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Policies;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>An account with what docs/ci/deploy.ps1 needs, and the two roles of docs/ci with exactly the policies there.</summary>
internal sealed class PipelineCloud : IAsyncDisposable
{
    private readonly CloudSession _session = new(enforcePolicies: true);

    /// <summary>Makes it; the function is not there yet.</summary>
    public PipelineCloud()
    {
        Cloud.Dynamo.DeleteTable(Cloud.Dynamo.Find("fanoutTargets")!.Arn);
        foreach (string queue in new[] { "orders-failed", "audit-queue", "large-orders" })
        {
            Cloud.Sqs.CreateQueue(queue);
        }

        Cloud.Firehose.CreateDeliveryStream("lake");
        foreach (string job in new[] { "plan", "apply" })
        {
            IamRole role = Cloud.Iam.CreateRole(SamplePolicies.RoleOf(job), """{"Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"} }""");
            role.PutPolicy("documented", SamplePolicies.Read(job));
        }
    }

    /// <summary>The services.</summary>
    public Cloud Cloud => _session.Cloud;

    /// <summary>The changing calls since the last time, but for sessions and the test whether the function runs.</summary>
    public IReadOnlyList<string> TakeChanges()
    {
        IReadOnlyList<string> changes = [.. _session.Changes.Where(static c => c is not ("sts:AssumeRole" or "lambda:Invoke"))];
        _session.Forget();
        return changes;
    }

    /// <summary>The ids of the targets.</summary>
    public IEnumerable<string?> Targets => _session.Rows.Select(static r => r.GetProperty("id").GetProperty("S").GetString()).Where(static i => i?.StartsWith('#') == false).Order(StringComparer.Ordinal);

    /// <summary>The function's memory, in MB.</summary>
    public int? MemorySize => _session.Lambda.Find("fanout")?.Configuration.MemorySize;

    /// <summary>The role of a job.</summary>
    public IamRole RoleOf(string job) => Cloud.Iam.Find(SamplePolicies.RoleOf(job))!;

    /// <summary>What a job's role was asked for.</summary>
    public IReadOnlyList<AccessCheck> ChecksOf(string job)
    {
        string role = RoleOf(job).Arn;
        return [.. Cloud.AccessChecks.Where(c => c.RoleArn == role)];
    }

    /// <summary>The variables of AWS with credentials of a job's role, as the service sets them.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CredentialsAsync(string job)
    {
        using AmazonSecurityTokenServiceClient sts = new(
            "AKIAOWNER00000000000", "any", new AmazonSecurityTokenServiceConfig { ServiceURL = Cloud.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1" });
        AssumeRoleRequest request = new() { RoleArn = RoleOf(job).Arn, RoleSessionName = "ci" };
        Credentials role = (await sts.AssumeRoleAsync(request, TestContext.Current.CancellationToken)).Credentials;
        return new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = Cloud.Endpoint.AbsoluteUri,
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = role.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = role.SecretAccessKey,
            ["AWS_SESSION_TOKEN"] = role.SessionToken,
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
