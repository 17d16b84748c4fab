using FanOut.Aws.IdentityManagement;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;
using FanOut.Sources;

namespace FanOut.Inspection;

/// <summary>Finds out whether the function can assume the role of a target, with the external id that it hands over.</summary>
/// <param name="function">The function's name.</param>
/// <param name="region">Its region.</param>
internal sealed class InspectTrust(string function, string region)
{
    private const string Check = "Trust", Assume = "sts:AssumeRole", ExternalId = "sts:ExternalId";

    private readonly RoleCommands _commands = new(function, region);

    /// <summary>Finds it out: by the role's trust policy where it is shown, else by assuming the role as the caller.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="asRole">The role's session, if the caller could assume it; null: it could not.</param>
    /// <param name="refusal">Why the caller could not; null: it could, or has not tried.</param>
    /// <param name="mapping">The mapping, which has a role.</param>
    /// <param name="functionRole">The function's role; null: the function is not there.</param>
    /// <param name="cancellationToken">Cancels the looks.</param>
    public async Task<(Finding Finding, IamAnswer? Trust)> OfAsync(Viewer caller, Viewer? asRole, string? refusal, Mapping mapping, string? functionRole, CancellationToken cancellationToken)
    {
        string role = mapping.Role!;
        Viewer viewer = caller.IsOwner(role) || asRole is null ? caller : asRole;
        Seen<Role> seen = await Look.AtAsync(viewer.Session, async () =>
            (await viewer.Session.Iam().GetRoleAsync(new GetRoleRequest { RoleName = PublishRole.NameOf(role) }, cancellationToken).ConfigureAwait(false)).Role).ConfigureAwait(false);
        if (seen.IsMissing && viewer.IsOwner(role) && asRole is null)
        {
            return (Finding.Fail(Check, $"The role {role} does not exist.", _commands.Create(role)), null);
        }

        if (seen.Value?.AssumeRolePolicyDocument is { } document && functionRole is not null && viewer.IsOwner(role))
        {
            return Judge(IamDocument.Read($"the role {PublishRole.NameOf(role)}'s trust policy", document), mapping, functionRole);
        }

        string unseen = functionRole is null ? "The function's role, which must be trusted, is not known." : $"Its trust policy may not be looked at (iam:GetRole): whether it trusts {functionRole} is not certain.";
        return (asRole is not null
            ? Finding.Pass(Check, $"The role {role} can be assumed as {caller.Session.Identity}{With(mapping)}. {unseen}")
            : Finding.Skipped(Check, $"Whether the function can assume the role {role} could not be found out. {unseen} {refusal}".TrimEnd(), $"You need iam:GetRole on it, or sts:AssumeRole as {caller.Session.Identity}."), null);
    }

    private static string With(Mapping mapping) => string.IsNullOrEmpty(mapping.ExternalId) ? " without an external id" : " with the external id";

    private static IamAnswer Ask(IamDocument trust, string role, string functionRole, string[]? externalId) => EvaluatePolicies.Of(
        [trust], new IamRequest(functionRole, Assume, role) { Context = externalId is null ? new Dictionary<string, string[]>() : new Dictionary<string, string[]> { [ExternalId] = externalId } });

    private (Finding Finding, IamAnswer? Trust) Judge(IamDocument trust, Mapping mapping, string functionRole)
    {
        string role = mapping.Role!;
        bool hasId = !string.IsNullOrEmpty(mapping.ExternalId);
        IamAnswer answer = Ask(trust, role, functionRole, hasId ? [mapping.ExternalId!] : []);
        if (answer.Decision == IamDecision.Allowed)
        {
            bool asks = Ask(trust, role, functionRole, []).Decision != IamDecision.Allowed;
            return (Finding.Pass(Check, $"The role {role} trusts {functionRole}{(hasId ? asks ? ", with the external id" : "; it asks for no external id" : "")}."), answer);
        }

        // With the external id unknown only the other conditions and the principal decide.
        bool isForId = answer.Decision == IamDecision.NotAllowed && Ask(trust, role, functionRole, null).Decision == IamDecision.Unknown;
        return (answer.Decision switch
        {
            IamDecision.NotAllowed when isForId && hasId => Finding.Fail(
                Check, $"The role {role} trusts {functionRole} only with another external id than the mapping's.", Command(mapping, "-ExternalId '<the external id of the role>'")),
            IamDecision.NotAllowed when isForId => Finding.Fail(
                Check, $"The role {role} trusts {functionRole} only with an external id, and the mapping has none.", Command(mapping, "-ExternalId '<the external id of the role>'")),
            IamDecision.NotAllowed => Finding.Fail(Check, $"The role {role} does not trust {functionRole}.", _commands.Trust(role)),
            IamDecision.Denied => Finding.Fail(Check, $"The role {role} cannot be assumed by {functionRole}: {answer.Because}.", _commands.Trust(role)),
            _ => Finding.Warn(Check, $"Whether the role {role} trusts {functionRole} could not be told: {answer.Because}.", $"aws iam get-role --role-name {PublishRole.NameOf(role)}"),
        }, answer);
    }

    private string Command(Mapping mapping, string more) => RepairCommand.Of("Set-FanOutTarget", $"{RepairCommand.Quoted(mapping.Id)} {more}", mapping.SourceArn, function, region);
}
