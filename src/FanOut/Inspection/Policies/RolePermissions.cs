using Amazon.Runtime;
using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;
using FanOut.Deployment;

namespace FanOut.Inspection.Policies;

/// <summary>What a role may do by its own policies: IAM is asked, and where the caller may not ask, they are read and evaluated here.</summary>
/// <param name="session">Who asks.</param>
/// <param name="roleArn">The role.</param>
internal sealed class RolePermissions(AwsSession session, string roleArn)
{
    private readonly Dictionary<(string Action, string Resource), IamAnswer> _known = [];
    private IReadOnlyList<IamDocument>? _documents;
    private IamDocument? _boundary;
    private bool _isBoundarySeen = true;
    private bool _mayAsk = true;

    /// <summary>How the answers were found, as messages end: "iam:SimulatePrincipalPolicy".</summary>
    public string How => _documents is null ? "iam:SimulatePrincipalPolicy" : _isBoundarySeen ? "its policies' documents" : "its policies' documents; whether it has a permissions boundary may not be looked at";

    /// <summary>The answer to a request.</summary>
    /// <exception cref="AmazonServiceException">There is no such role, or the caller may neither ask nor read its policies.</exception>
    public async Task<IamAnswer> OfAsync(IamRequest request, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue((request.Action, request.Resource), out IamAnswer? answer))
        {
            _known[(request.Action, request.Resource)] = answer = await FindAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }

    private async Task<IamAnswer> FindAsync(IamRequest request, CancellationToken cancellationToken)
    {
        IamAnswer? asked = _mayAsk ? await AskAsync(request, cancellationToken).ConfigureAwait(false) : null;
        if (asked is { Decision: not IamDecision.Unknown })
        {
            return asked;
        }

        try
        {
            return await EvaluateAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException) when (asked is not null)
        {
            return asked;
        }
    }

    // Whatever it is that keeps IAM from answering, the documents may tell as much; that there is no such role is the same everywhere.
    private async Task<IamAnswer?> AskAsync(IamRequest request, CancellationToken cancellationToken)
    {
        try
        {
            SimulatePrincipalPolicyResponse answer = await session.Iam().SimulatePrincipalPolicyAsync(
                new SimulatePrincipalPolicyRequest
                {
                    PolicySourceArn = roleArn,
                    ActionNames = [request.Action],
                    ResourceArns = [request.Resource],
                    ContextEntries = [.. request.Context.Where(static c => c.Value.Length > 0).Select(static c =>
                        new ContextEntry { ContextKeyName = c.Key, ContextKeyValues = [.. c.Value], ContextKeyType = "stringList" })],
                },
                cancellationToken).ConfigureAwait(false);
            return answer.EvaluationResults is [var result, ..] ? Of(result) : null;
        }
        catch (AmazonServiceException e) when (e.ErrorCode != "NoSuchEntity")
        {
            _mayAsk = false;
            return null;
        }
    }

    private static IamAnswer Of(EvaluationResult result) => result switch
    {
        { EvalDecision: "allowed" } => new IamAnswer(IamDecision.Allowed),
        { AllowedByOrganizations: false } => new IamAnswer(IamDecision.Denied, "the policies of the organization do not allow it"),
        { EvalDecision: "explicitDeny" } => new IamAnswer(IamDecision.Denied, $"the policy {string.Join(", ", result.MatchedPolicies ?? [])} denies it"),
        { AllowedByPermissionsBoundary: false } => new IamAnswer(IamDecision.Denied, "its permissions boundary does not allow it"),
        { MissingContextValues: { Count: > 0 } keys } => new IamAnswer(IamDecision.Unknown, $"it depends on {string.Join(", ", keys)}, which is not known here"),
        _ => new IamAnswer(IamDecision.NotAllowed),
    };

    private async Task<IamAnswer> EvaluateAsync(IamRequest request, CancellationToken cancellationToken)
    {
        if (_documents is null)
        {
            var role = new RoleDocuments(session, roleArn);
            _documents = await role.ReadAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                _boundary = await role.ReadBoundaryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (AmazonServiceException)
            {
                _isBoundarySeen = false;
            }
        }

        IamAnswer own = EvaluatePolicies.Of(_documents, request);
        if (_boundary is null || own.Decision is IamDecision.Denied or IamDecision.NotAllowed)
        {
            return own;
        }

        return EvaluatePolicies.Of([_boundary], request) switch
        {
            { Decision: IamDecision.Allowed } => own,
            { Decision: IamDecision.NotAllowed } => new IamAnswer(IamDecision.Denied, $"its permissions boundary, {_boundary.Name}, does not allow it"),
            var bounded => bounded,
        };
    }
}
