using System.Text.Json;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>What docs/ci allows agrees with docs/permissions.md, and whom it trusts is no more than one repository.</summary>
public sealed class SamplePolicyTests
{
    public static TheoryData<string> Trusts => ["github-trust.json", "azure-trust.json", "gitlab-trust.json"];

    [Fact]
    public void Who_applies_has_statements_of_the_documented_policy()
    {
        Dictionary<string, string> documented = SamplePolicies.Documented().ToDictionary(static s => s.Sid, static s => s.Json);

        Assert.All(SamplePolicies.Statements("apply"), s => Assert.Equal(documented.GetValueOrDefault(s.Sid), s.Json));
    }

    [Fact]
    public void Who_applies_may_remove_nothing_but_targets_and_sources()
    {
        string[] removing = ["dynamodb:DeleteTable", "iam:DeleteRole", "lambda:DeleteFunction", "logs:DeleteLogGroup"];

        Assert.DoesNotContain(SamplePolicies.Statements("apply").SelectMany(static s => s.Permissions), p => removing.Contains(p.Action));
    }

    [Fact]
    public void Who_plans_may_do_less_than_the_documented_policy_and_only_read()
    {
        SamplePermission[] documented = [.. SamplePolicies.Documented().SelectMany(static s => s.Permissions)];
        SamplePermission[] plan = [.. SamplePolicies.Statements("plan").SelectMany(static s => s.Permissions)];

        Assert.Empty(plan.Except(documented));
        Assert.All(plan, static p => Assert.Matches(":(Describe|Get|List|Query$|Scan$)", p.Action));
    }

    [Fact]
    public void Who_plans_may_look_at_the_same_destinations_as_who_applies() =>
        Assert.Equal(Destinations("apply"), Destinations("plan"));

    [Theory]
    [MemberData(nameof(Trusts))]
    public void A_role_trusts_tokens_of_one_audience_and_one_subject(string file)
    {
        using JsonDocument trust = JsonDocument.Parse(File.ReadAllText(Path.Join(Checkout.Root, "docs", "ci", file)));
        JsonElement statement = Assert.Single(trust.RootElement.GetProperty("Statement").EnumerateArray());
        string provider = statement.GetProperty("Principal").GetProperty("Federated").GetString()!;
        string issuer = provider[(provider.IndexOf("oidc-provider/", StringComparison.Ordinal) + "oidc-provider/".Length)..];
        JsonProperty condition = Assert.Single(statement.GetProperty("Condition").EnumerateObject());

        Assert.Equal("sts:AssumeRoleWithWebIdentity", statement.GetProperty("Action").GetString());
        Assert.Equal("StringEquals", condition.Name);
        Assert.Equal([$"{issuer}:aud", $"{issuer}:sub"], condition.Value.EnumerateObject().Select(static p => p.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain('*', condition.Value.GetRawText());
    }

    private static string Destinations(string job) => SamplePolicies.Statements(job).Single(static s => s.Sid == "FindDestinations").Json;
}
