using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Inspection;
using FanOut.Inspection.Policies;

namespace FanOut.Deployment;

/// <summary>What a role that is not the module's is allowed, as far as its policies say so; they are only read.</summary>
/// <remarks>
/// Statements whose conditions cannot be evaluated here are not counted; nor are boundaries and the organization's policies. So what it finds missing may be
/// allowed all the same: that is for a warning.
/// </remarks>
/// <param name="session">Who calls.</param>
/// <param name="roleArn">The role's ARN.</param>
internal sealed class ForeignPolicies(AwsSession session, string roleArn)
{
    /// <summary>Which statements no policy of the role seems to allow.</summary>
    /// <param name="needed">What it must be allowed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<PolicyDocument> FindMissingAsync(PolicyDocument needed, CancellationToken cancellationToken)
    {
        IReadOnlyList<IamDocument> documents = await new RoleDocuments(session, roleArn).ReadAsync(cancellationToken).ConfigureAwait(false);
        bool IsAllowed(Statement statement, string action, string resource) =>
            EvaluatePolicies.Of(documents, InspectPermissions.RequestOf(roleArn, statement, action, resource)).Decision == IamDecision.Allowed;
        return new PolicyDocument([.. needed.Statements
            .Select(s => s with { Resources = [.. s.Resources.Where(r => !s.Actions.All(a => IsAllowed(s, a, r)))] })
            .Where(static s => s.Resources.Count > 0)]);
    }
}
