using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;
using FanOut.Deployment.Policies;

namespace FanOut.Deployment;

/// <summary>The function's role: it goes if it was made for the function; another one only loses the function's policies.</summary>
/// <param name="session">Who calls.</param>
/// <param name="function">The function's name.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="leave">Told of what stays.</param>
internal sealed class RemoveRole(AwsSession session, string function, TimeProvider time, Action<string> leave)
{
    /// <summary>What is to be done; only reads.</summary>
    /// <param name="roleArn">The role; of a function that is gone already, the name that publishing gives it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Change>> PlanAsync(string roleArn, CancellationToken cancellationToken)
    {
        string name = PublishRole.NameOf(roleArn);
        try
        {
            var managed = new ManagedPolicies(session, roleArn, function, time);
            IReadOnlyList<ManagedPolicyState> own = await managed.ReadAllAsync(cancellationToken).ConfigureAwait(false);
            foreach (ManagedPolicyState kept in own.Where(static p => p is { IsDisposable: false, Document: not null }))
            {
                leave($"policy {kept.Name} (others have it too, or it was not made for the function)");
            }

            return await PlanNamedAsync(name, [.. own.SelectMany(managed.PlanRemoval)], [.. own.Select(static p => p.Arn)], cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonIdentityManagementServiceException e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            leave($"role {name} (it cannot be read as {session.Identity})");
            return [];
        }
    }

    private async Task<IReadOnlyList<Change>> PlanNamedAsync(string name, Change[] ofManaged, string[] own, CancellationToken cancellationToken)
    {
        AmazonIdentityManagementServiceClient client = session.Iam();
        if (await FindAsync(client, name, cancellationToken).ConfigureAwait(false) is not { } role)
        {
            return ofManaged;
        }

        var policies = new OtherPolicies(session, name);
        string inline = SplitPolicy.NameOf(function);
        bool isOurs = role.Tags.IsOf(function);
        List<Change> changes =
        [
            .. (await policies.InlineAsync(cancellationToken).ConfigureAwait(false)).Where(p => isOurs || p == inline)
                .Select(p => new Change($"role {name}", $"Delete the policy {p}", c => policies.DeleteAsync(p, c))),
            .. ofManaged,
        ];
        if (!isOurs)
        {
            leave($"role {name} (it was not made for the function)");
            return changes;
        }

        changes.AddRange((await policies.AttachedAsync(cancellationToken).ConfigureAwait(false)).Except(own)
            .Select(p => new Change($"role {name}", $"Detach the policy {PublishRole.NameOf(p)}", c => policies.DetachAsync(p, c))));
        changes.Add(new($"role {name}", "Delete", c => client.DeleteRoleAsync(new DeleteRoleRequest { RoleName = name }, c)));
        return changes;
    }

    private static async Task<Role?> FindAsync(AmazonIdentityManagementServiceClient client, string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetRoleAsync(new GetRoleRequest { RoleName = name }, cancellationToken).ConfigureAwait(false)).Role;
        }
        catch (AmazonIdentityManagementServiceException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return null;
        }
    }
}
