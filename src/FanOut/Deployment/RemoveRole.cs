using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;

namespace FanOut.Deployment;

/// <summary>The function's role: it goes if it was made for the function; another one only loses the function's policy.</summary>
/// <param name="session">Who calls.</param>
/// <param name="function">The function's name.</param>
/// <param name="leave">Told of what stays.</param>
internal sealed class RemoveRole(AwsSession session, string function, Action<string> leave)
{
    /// <summary>What is to be done; only reads.</summary>
    /// <param name="roleArn">The role; none: the function is gone already.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Change>> PlanAsync(string? roleArn, CancellationToken cancellationToken)
    {
        // The role that publishing made goes too where the function was given another one later.
        string first = function + "Role", name = roleArn is null ? first : PublishRole.NameOf(roleArn);
        return
        [
            .. await PlanNamedAsync(name, isTold: true, cancellationToken).ConfigureAwait(false),
            .. name == first ? [] : await PlanNamedAsync(first, isTold: false, cancellationToken).ConfigureAwait(false),
        ];
    }

    private async Task<IReadOnlyList<Change>> PlanNamedAsync(string name, bool isTold, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(name, isTold, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonIdentityManagementServiceException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return [];
        }
        catch (AmazonIdentityManagementServiceException e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            Leave($"role {name} (it cannot be read as {session.Identity})", isTold);
            return [];
        }
    }

    private void Leave(string what, bool isTold)
    {
        if (isTold)
        {
            leave(what);
        }
    }

    private async Task<IReadOnlyList<Change>> ReadAsync(string name, bool isTold, CancellationToken cancellationToken)
    {
        AmazonIdentityManagementServiceClient client = session.Iam();
        Role? role = (await client.GetRoleAsync(new GetRoleRequest { RoleName = name }, cancellationToken).ConfigureAwait(false)).Role;
        var policies = new OtherPolicies(session, name);
        string own = new RolePolicies(session, name, function).Name;
        IReadOnlyList<string> inline = await policies.InlineAsync(cancellationToken).ConfigureAwait(false);
        bool isOurs = role?.Tags.IsOf(function) == true;
        List<Change> changes = [.. inline.Where(p => isOurs || p == own)
            .Select(p => new Change($"role {name}", $"Delete the policy {p}", c => policies.DeleteAsync(p, c)))];
        if (!isOurs)
        {
            Leave($"role {name} (it was not made for the function)", isTold);
            return changes;
        }

        changes.AddRange((await policies.AttachedAsync(cancellationToken).ConfigureAwait(false))
            .Select(p => new Change($"role {name}", $"Detach the policy {PublishRole.NameOf(p)}", c => policies.DetachAsync(p, c))));
        changes.Add(new($"role {name}", "Delete", c => client.DeleteRoleAsync(new DeleteRoleRequest { RoleName = name }, c)));
        return changes;
    }
}
