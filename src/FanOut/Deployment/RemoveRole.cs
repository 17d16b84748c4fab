using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;
using FanOut.Deployment.Policies;

namespace FanOut.Deployment;

/// <summary>Removes the function's role if it was made for the function, and so all other roles that were; another role only loses the function's policies.</summary>
/// <param name="session">Who calls.</param>
/// <param name="function">The function's name.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="leave">Gets a description of everything that stays.</param>
internal sealed class RemoveRole(AwsSession session, string function, TimeProvider time, Action<string> leave)
{
    /// <summary>Makes the plan; only reads.</summary>
    /// <param name="roleArn">The role; null: the function is gone already.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<Change>> PlanAsync(string? roleArn, CancellationToken cancellationToken)
    {
        // If the function was given another role later, or is gone already, those that publishing made are removed too.
        string first = function + "Role", name = roleArn is null ? first : PublishRole.NameOf(roleArn);
        string[] names = [.. new[] { name, first }.Distinct()];
        if (await OtherRegionAsync(names, cancellationToken).ConfigureAwait(false) is { } other)
        {
            leave($"role {name} and its policies (they are of the function {function} in {other})");
            return [];
        }

        names = [.. names, .. await MadeAsync(names, isGone: roleArn is null, cancellationToken).ConfigureAwait(false)];
        var managed = new ManagedPolicies(session, roleArn ?? first, function, time);
        IReadOnlyList<ManagedPolicyState> own = await managed.ReadAllAsync(names, cancellationToken).ConfigureAwait(false);
        foreach (ManagedPolicyState kept in own.Where(static p => p is { IsDisposable: false, Document: not null }))
        {
            leave($"policy {kept.Name} (others have it too, or it was not made for the function)");
        }

        List<Change> changes = [.. own.SelectMany(managed.PlanRemoval)];
        foreach (string role in names)
        {
            changes.AddRange(await PlanNamedAsync(role, isTold: role == name, [.. own.Select(static p => p.Arn)], cancellationToken).ConfigureAwait(false));
        }

        return changes;
    }

    // Roles of any name that were made for the function in this region: roles belong to no region, and another may have a function of the same name.
    private async Task<List<string>> MadeAsync(string[] known, bool isGone, CancellationToken cancellationToken)
    {
        List<string> names = [];
        foreach (string name in (await ListAsync(isGone, cancellationToken).ConfigureAwait(false)).Except(known))
        {
            string? policy = await new RolePolicies(session, name, function, time).ReadAsync(cancellationToken).ConfigureAwait(false);
            if (PolicyRegion.Of(policy) == session.Region)
            {
                names.Add(name);
            }
        }

        return names;
    }

    // All roles whose description is that of a role of the function.
    private async Task<List<string>> ListAsync(bool isGone, CancellationToken cancellationToken)
    {
        List<string> names = [];
        string description = PublishRole.DescriptionOf(function);
        try
        {
            string? marker = null;
            do
            {
                ListRolesResponse page = await session.Iam().ListRolesAsync(new ListRolesRequest { Marker = marker, MaxItems = 1000 }, cancellationToken).ConfigureAwait(false);
                names.AddRange((page.Roles ?? []).Where(r => r.Description == description).Select(static r => r.RoleName!));
                marker = page.Marker;
            }
            while (marker is not null);
        }
        catch (AmazonIdentityManagementServiceException e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            if (isGone)
            {
                leave($"any role that was made for the function and is not called {function}Role (roles may not be listed as {session.Identity}: iam:ListRoles)");
            }
        }

        return names;
    }

    private async Task<string?> OtherRegionAsync(string[] names, CancellationToken cancellationToken)
    {
        foreach (string name in names)
        {
            try
            {
                string? policy = await new RolePolicies(session, name, function, time).ReadAsync(cancellationToken).ConfigureAwait(false);
                if (PolicyRegion.Of(policy) is { } region && region != session.Region)
                {
                    return region;
                }
            }
            catch (AmazonIdentityManagementServiceException e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden)
            {
                // A role that cannot be read stays; PlanNamedAsync reports it.
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<Change>> PlanNamedAsync(string name, bool isTold, string[] own, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(name, isTold, own, cancellationToken).ConfigureAwait(false);
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

    private async Task<IReadOnlyList<Change>> ReadAsync(string name, bool isTold, string[] own, CancellationToken cancellationToken)
    {
        AmazonIdentityManagementServiceClient client = session.Iam();
        Role? role = (await client.GetRoleAsync(new GetRoleRequest { RoleName = name }, cancellationToken).ConfigureAwait(false)).Role;
        var policies = new AllRolePolicies(session, name);
        string policy = SplitPolicy.NameOf(function);
        IReadOnlyList<string> inline = await policies.InlineAsync(cancellationToken).ConfigureAwait(false);
        bool isOurs = role?.Tags.IsOf(function) == true;
        List<Change> changes = [.. inline.Where(p => isOurs || p == policy)
            .Select(p => new Change($"role {name}", $"Delete the policy {p}", c => policies.DeleteAsync(p, c)))];
        if (!isOurs)
        {
            Leave($"role {name} (it was not made for the function)", isTold);
            return changes;
        }

        changes.AddRange((await policies.AttachedAsync(cancellationToken).ConfigureAwait(false)).Except(own)
            .Select(p => new Change($"role {name}", $"Detach the policy {PublishRole.NameOf(p)}", c => policies.DetachAsync(p, c))));
        changes.Add(new($"role {name}", "Delete", c => client.DeleteRoleAsync(new DeleteRoleRequest { RoleName = name }, c)));
        return changes;
    }
}
