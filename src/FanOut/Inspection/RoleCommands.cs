using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Sources;

namespace FanOut.Inspection;

/// <summary>The commands that make a role of a target, or mend it. The documents come from Get-FanOutPolicy, which knows all targets of the role and their external ids.</summary>
/// <param name="function">The function's name.</param>
/// <param name="region">Its region.</param>
internal sealed class RoleCommands(string function, string region)
{
    private const string TrustFile = "trust.json", PolicyFile = "policy.json";

    /// <summary>Makes the role, with whom it trusts and what it may do.</summary>
    public string Create(string role) => $"{Document("Trust", role, TrustFile)}; aws iam create-role --role-name {PublishRole.NameOf(role)}{Path(role)} --assume-role-policy-document file://{TrustFile}; {Allow(role)}";

    /// <summary>Lets the role trust the function.</summary>
    public string Trust(string role) =>
        $"{Document("Trust", role, TrustFile)}; aws iam update-assume-role-policy --role-name {PublishRole.NameOf(role)} --policy-document file://{TrustFile}{Account(role)}";

    private string Allow(string role) =>
        $"{Document("TargetRole", role, PolicyFile)}; aws iam put-role-policy --role-name {PublishRole.NameOf(role)} --policy-name {Deployment.Policies.SplitPolicy.NameOf(function)} --policy-document file://{PolicyFile}{Account(role)}";

    private string Document(string type, string role, string file) =>
        $"(Get-FanOutPolicy -PolicyType {type}{RepairCommand.FunctionOf(function, region)} | Where-Object RoleArn -eq {RepairCommand.Quoted(role)}).Document | Set-Content {file}";

    private static string Path(string role) => Arn.TryParse(role, out Arn? arn) && arn.ResourceName.LastIndexOf('/') is > 0 and var end ? $" --path /{arn.ResourceName[..(end + 1)]}" : "";

    // Roles are made and changed by somebody of their own account.
    private static string Account(string role) => Arn.TryParse(role, out Arn? arn) ? $"  # aws as somebody of the account {arn.Account}" : "";
}
