using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Sts;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Policies;

/// <summary>
/// Checks calls against the policies of their roles, if <see cref="CloudOptions.EnforcePolicies"/> is set, and records which permissions were needed.
/// </summary>
internal sealed class AccessControl(IamService iam, RequiredAccess required, bool enforce)
{
    /// <summary>All permissions that roles needed, in order.</summary>
    public Journal<AccessCheck> Checks { get; } = new();

    /// <summary>Checks a call of a role's session.</summary>
    /// <exception cref="ServiceException">The service's error for access denied.</exception>
    public void Authorize(ServiceCall call, Identity identity)
    {
        if (!enforce || !identity.IsOfIamRole)
        {
            return;
        }

        foreach (AccessRequest request in required.Of(call))
        {
            (AccessRequest asked, AccessDecision decision) = Decide(identity.RoleArn!, request.With(ConditionKeys.RequestedRegion, call.Region));
            if (decision != AccessDecision.Allowed)
            {
                throw AccessDenial.Of(ErrorAnswer.DialectOf(call.Service, call.Request) ?? call.Service, identity.Arn, asked, decision);
            }
        }
    }

    /// <summary>Whether a service may do something with a role. A role that is not one of the stand-in's IAM may do everything.</summary>
    public bool Allows(string? roleArn, string action, string resource) =>
        !enforce || roleArn is null || iam.Find(roleArn) is null || Decide(roleArn, new AccessRequest(action, resource)).Decision == AccessDecision.Allowed;

    private (AccessRequest Asked, AccessDecision Decision) Decide(string roleArn, AccessRequest request)
    {
        request = request.With(ConditionKeys.PrincipalArn, roleArn).With(ConditionKeys.PrincipalAccount, ArnText.Part(roleArn, 4));
        IamRole? role = iam.Find(roleArn);

        // A session may live longer than its role, but is then allowed nothing.
        (AccessRequest Asked, AccessDecision Decision)[] answers =
        [
            .. request.OtherResources.Prepend(request.Resource).Select(resource => request with { Resource = resource })
                .Select(asked => (asked, role?.Decide(asked) ?? AccessDecision.ImplicitDeny)),
        ];
        (AccessRequest Asked, AccessDecision Decision) answer =
            answers.Where(answer => answer.Decision == AccessDecision.Allowed).DefaultIfEmpty(answers[0]).First();
        Checks.Add(new AccessCheck(roleArn, answer.Asked.Action, answer.Asked.Resource, answer.Decision));
        return answer;
    }
}
