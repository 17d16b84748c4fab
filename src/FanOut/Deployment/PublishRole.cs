using FanOut.Aws.IdentityManagement;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Deployment;

/// <summary>The function's role, with policies that allow exactly what the function needs.</summary>
/// <param name="session">Who calls.</param>
/// <param name="roleArn">The role's ARN, whether it exists or not.</param>
/// <param name="settings">What is wanted.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="warn">Writes a warning.</param>
/// <param name="settle">Waits until the changes of the function have taken effect.</param>
internal sealed class PublishRole(
    AwsSession session, string roleArn, PublishSettings settings, TimeProvider time, Action<string> warn, Func<CancellationToken, Task> settle)
{
    /// <summary>The most characters of a role's name: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html</summary>
    public const int MostOfName = 64;

    private readonly string _name = NameOf(roleArn);

    private string Target => $"role {_name}";

    private AmazonIdentityManagementServiceClient Client => session.Iam();

    /// <summary>Whether a role may have a name.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= MostOfName && name.All(static c => char.IsAsciiLetterOrDigit(c) || "_+=,.@-".Contains(c, StringComparison.Ordinal));

    /// <summary>A role's name, without its path.</summary>
    public static string NameOf(string roleArn) => Arn.TryParse(roleArn, out Arn? arn) ? arn.ResourceName.Split('/')[^1] : roleArn;

    /// <summary>The description of a role that is made for a function. By it Remove-FanOutFunction finds the role again: IAM lists roles without their tags.</summary>
    public static string DescriptionOf(string function) => $"What the fan-out function {function} may do";

    /// <summary>Finds a role by its name; null: there is none.</summary>
    public static async Task<Role?> FindAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await session.Iam().GetRoleAsync(new GetRoleRequest { RoleName = name }, cancellationToken).ConfigureAwait(false)).Role;
        }
        catch (AmazonIdentityManagementServiceException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return null;
        }
    }

    /// <summary>Plans the changes to make before the function is changed, and those to make after; only reads.</summary>
    /// <param name="facts">The facts that decide which permissions are needed.</param>
    /// <param name="now">The function; null: it is yet to be created, so the role must exist first.</param>
    /// <param name="isChanging">Whether the function will be changed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<(IReadOnlyList<Change> Before, IReadOnlyList<Change> After)> PlanAsync(
        FunctionFacts facts, FunctionConfiguration? now, bool isChanging, CancellationToken cancellationToken)
    {
        try
        {
            List<Change> before = [], after = [];
            await PlanAllAsync(facts, before, isChanging && now?.Role == roleArn ? after : before, cancellationToken).ConfigureAwait(false);
            return (before, after);
        }
        catch (AmazonIdentityManagementServiceException e) when (now is not null && e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            warn($"The role {_name} was left alone, because it cannot be read as {session.Identity}: {FanOutError.Sentence(e.Message)} Get-FanOutPolicy shows what it must be allowed.");
            return ([], []);
        }
    }

    private async Task PlanAllAsync(FunctionFacts facts, List<Change> changes, List<Change> after, CancellationToken cancellationToken)
    {
        Role? role = await FindAsync(session, _name, cancellationToken).ConfigureAwait(false);
        if (role is null)
        {
            if (_name.Length > MostOfName)
            {
                throw FanOutError.InvalidParameter(nameof(settings.Role), _name, $"is missing: '{_name}' has {_name.Length} characters, and the name of a role may have {MostOfName}.");
            }

            changes.Add(new(Target, "Create", CreateAsync));
        }
        else if (settings.Tags is { } wanted && role.Tags.IsOf(settings.Name)
            && DeploymentTags.Missing(wanted, role.Tags.ToDictionary()) is { Count: > 0 } missing)
        {
            changes.Add(new(Target, DeploymentTags.Action(missing), c => Client.TagRoleAsync(new TagRoleRequest { RoleName = _name, Tags = Tags(missing) }, c)));
        }

        if (settings.SkipPolicy)
        {
            return;
        }

        var own = new RolePolicies(session, roleArn, settings.Name, time) { Tags = settings.Tags };
        string? inline = role is null ? null : await own.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (PolicyRegion.Of(inline) is { } other && other != session.Region)
        {
            throw FanOutError.RoleOfAnotherRegion(roleArn, settings.Name, session.Region, other);
        }

        PolicyGap gap = await own.CompareAsync(inline, facts, settings.ResourceKeys, warn, cancellationToken).ConfigureAwait(false);
        var transition = PolicyTransition.Of(inline, gap.Parts[0].Document.Json);
        if (gap.IsOfOne && changes != after && transition is { Before: { } wider, After: not null })
        {
            changes.Add(Explained(new(Target, $"Put the policy {own.Name}, with what is needed until the function is changed", c => own.PutAsync(wider, c)), gap));
        }

        bool isLater = changes != after && (gap.IsOfOne ? transition.After is not null : gap.IsNarrower);
        (isLater ? after : changes).AddRange(gap.Changes.Select((c, i) => Explained(isLater && i == 0 ? c with { RunAsync = d => SettledAsync(c, d) } : c, gap)));
    }

    private async Task SettledAsync(Change change, CancellationToken cancellationToken)
    {
        await settle(cancellationToken).ConfigureAwait(false);
        await change.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private Change Explained(Change change, PolicyGap gap) => change with { RunAsync = c => ExplainAsync(change, gap, c), WritesPolicy = true };

    // Policies that others gave the role count too, and an account's quotas may differ: only IAM knows whether a policy still fits.
    private async Task ExplainAsync(Change change, PolicyGap gap, CancellationToken cancellationToken)
    {
        try
        {
            await change.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonIdentityManagementServiceException e) when (e.ErrorCode == "LimitExceeded")
        {
            throw FanOutError.PolicyTooLarge(roleArn, gap.Wanted.Size, gap.Missing, e);
        }
    }

    private Task<CreateRoleResponse> CreateAsync(CancellationToken cancellationToken) => Client.CreateRoleAsync(
        new CreateRoleRequest
        {
            RoleName = _name,
            AssumeRolePolicyDocument = TrustPolicy.ForFunction.Json,
            Description = DescriptionOf(settings.Name),
            Tags = Tags(DeploymentTags.Of(settings.Name, settings.Tags)),
        },
        cancellationToken);

    private static List<Tag> Tags(Dictionary<string, string> tags) => [.. tags.Select(static t => new Tag { Key = t.Key, Value = t.Value })];
}
