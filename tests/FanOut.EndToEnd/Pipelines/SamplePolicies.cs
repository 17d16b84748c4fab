using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.EndToEnd.Deployment;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>The policies of docs/ci: of the role that plans, and of the one that applies.</summary>
internal static class SamplePolicies
{
    /// <summary>The name of a job's role.</summary>
    public static string RoleOf(string job) => job == "plan" ? "fanout-plan" : "fanout-deploy";

    /// <summary>The policy of a job's role.</summary>
    public static string Read(string job) => File.ReadAllText(Path.Join(Checkout.Root, "docs", "ci", job == "plan" ? "plan-policy.json" : "deploy-policy.json"));

    /// <summary>The statements of the policy of a job's role.</summary>
    public static IReadOnlyList<SampleStatement> Statements(string job) => StatementsOf(Read(job));

    /// <summary>The statements of docs/permissions.md.</summary>
    public static IReadOnlyList<SampleStatement> Documented() => StatementsOf(DocumentedPolicy.Read());

    private static IReadOnlyList<SampleStatement> StatementsOf(string policy)
    {
        using JsonDocument document = JsonDocument.Parse(policy);
        return
        [
            .. document.RootElement.GetProperty("Statement").EnumerateArray().Select(static s => new SampleStatement(
                s.GetProperty("Sid").GetString()!,
                JsonNode.Parse(s.GetRawText())!.ToJsonString(),
                [.. PolicyStatements.Allowed($$"""{"Statement":[{{s.GetRawText()}}]}""").Select(static p => new SamplePermission(p.Action, p.Resource))])),
        ];
    }
}
