using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;
using FanOut.Deployment;

namespace FanOut.Inspection.Policies;

/// <summary>The policies of a role, whoever made them: they are only read.</summary>
/// <param name="session">Who reads.</param>
/// <param name="roleArn">The role's ARN.</param>
internal sealed class RoleDocuments(AwsSession session, string roleArn)
{
    private readonly string _role = PublishRole.NameOf(roleArn);

    /// <summary>Its inline and managed policies.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">There is no such role, or the caller may not read it.</exception>
    public async Task<IReadOnlyList<IamDocument>> ReadAsync(CancellationToken cancellationToken)
    {
        List<IamDocument> documents = [];
        var all = new AllRolePolicies(session, _role);
        foreach (string name in await all.InlineAsync(cancellationToken).ConfigureAwait(false))
        {
            GetRolePolicyResponse inline = await session.Iam().GetRolePolicyAsync(new GetRolePolicyRequest { RoleName = _role, PolicyName = name }, cancellationToken).ConfigureAwait(false);
            documents.Add(IamDocument.Read($"the policy {name}", inline.PolicyDocument));
        }

        foreach (string arn in await all.AttachedAsync(cancellationToken).ConfigureAwait(false))
        {
            documents.Add(await ManagedAsync(arn, cancellationToken).ConfigureAwait(false));
        }

        return documents;
    }

    /// <summary>The policy that bounds what it may do; null: there is none.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<IamDocument?> ReadBoundaryAsync(CancellationToken cancellationToken)
    {
        Role? role = (await session.Iam().GetRoleAsync(new GetRoleRequest { RoleName = _role }, cancellationToken).ConfigureAwait(false)).Role;
        return role?.PermissionsBoundary?.PermissionsBoundaryArn is { } arn ? await ManagedAsync(arn, cancellationToken).ConfigureAwait(false) : null;
    }

    private async Task<IamDocument> ManagedAsync(string arn, CancellationToken cancellationToken)
    {
        ManagedPolicy? policy = (await session.Iam().GetPolicyAsync(new GetPolicyRequest { PolicyArn = arn }, cancellationToken).ConfigureAwait(false)).Policy;
        string? document = policy?.DefaultVersionId is not { } version ? null
            : (await session.Iam().GetPolicyVersionAsync(new GetPolicyVersionRequest { PolicyArn = arn, VersionId = version }, cancellationToken).ConfigureAwait(false)).PolicyVersion?.Document;
        return IamDocument.Read($"the policy {arn}", document);
    }
}
