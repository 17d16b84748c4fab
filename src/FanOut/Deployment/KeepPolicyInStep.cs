using Amazon.Runtime;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Deployment;

/// <summary>Brings the policy of a function's role to what its targets and sources need. What cannot be done is a warning: the change that made it necessary stands.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class KeepPolicyInStep(AwsSession session, FunctionDestination function, TimeProvider time)
{
    // Each round after the first means that somebody else changed a target or a source meanwhile.
    private const int MostRounds = 10;

    /// <summary>A source that is about to be connected; null: none.</summary>
    public ConnectedSource? Connecting { get; init; }

    /// <summary>The targets because of which the policy is looked at: where it cannot be, the warning says what they need. Empty: none needs more than before.</summary>
    public IReadOnlyList<Mapping> Targets { get; init; } = [];

    /// <summary>Those of the targets that are about to be written: they are not in the table yet.</summary>
    public IReadOnlyList<Mapping> Planned { get; init; } = [];

    /// <summary>Whether the policy is only compared, not changed.</summary>
    public bool IsLeftAlone { get; init; }

    /// <summary>Whether a policy that only allows more than is needed stays as it is: the function's settings may have been changed a moment ago, and be read as they were.</summary>
    public bool OnlyAdds { get; init; }

    /// <summary>The tables that were changed; the warning says which of them the function does not read.</summary>
    public IReadOnlyCollection<string> Tables { get; init; } = [];

    /// <summary>Does it.</summary>
    public async Task<PolicyOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var check = new CheckRolePolicy(session, function, time) { Connecting = Connecting, Targets = Targets, Planned = Planned };
        PolicyOutcome outcome = await RunAsync(check, cancellationToken).ConfigureAwait(false);
        string[] unread = check.FunctionTable is { } read ? [.. Tables.Where(t => NameOf(t) != NameOf(read))] : [];
        return unread.Length == 0 ? outcome : outcome with
        {
            Warning = $"The function {function.Name} reads its targets from the table {check.FunctionTable}, not from {string.Join(", ", unread)}, which was changed: give -TableName {check.FunctionTable}."
                + (outcome.Warning is { } other ? $" {other}" : ""),
        };
    }

    private static string NameOf(string table) => Arn.TryParse(table, out Arn? arn) ? arn.ResourceName : table;

    private async Task<PolicyOutcome> RunAsync(CheckRolePolicy check, CancellationToken cancellationToken)
    {
        PolicyGap? gap = null;
        bool isChanged = false;
        try
        {
            for (int round = 0; round < MostRounds; round++)
            {
                gap = null;
                gap = await check.FindGapAsync(cancellationToken).ConfigureAwait(false);
                if (gap is null)
                {
                    return check.ForeignRole is { Length: > 0 } role && Needed.Statements.Count > 0
                        ? await JudgeAsync(role, cancellationToken).ConfigureAwait(false)
                        : new(isChanged, check.Warning);
                }

                if (OnlyAdds && gap.IsNarrower)
                {
                    return new(isChanged, check.Warning);
                }

                if (IsLeftAlone)
                {
                    return new(isChanged, WarningOf(gap, "was left alone"));
                }

                foreach (Change change in gap.Changes)
                {
                    await change.RunAsync(cancellationToken).ConfigureAwait(false);
                    isChanged = true;
                }

                // Whoever read the table earlier may have put the policy later: then it lacks what only the others knew. So it is read again after each put.
                if (await check.StillWantsAsync(gap, cancellationToken).ConfigureAwait(false))
                {
                    return new(isChanged, gap.Unplaced is not { } unplaced ? check.Warning
                        : $"What the function {function.Name} needs has no room in the policies that the role {gap.RoleName} may have. These statements are missing: {unplaced}");
                }
            }

            return new(isChanged, $"Others change the targets of {function.Name} all the time: whether its role has the permissions that it needs now is not certain. Publish-FanOutFunction -FunctionName {function.Name} checks it.");
        }
        catch (FanOutException e) when (e.ErrorId == "FunctionNotFound")
        {
            // Targets may come before their function: Publish-FanOutFunction gives it what they need.
            return new(isChanged, null, e.Message);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or FanOutException or HttpRequestException or IOException or TimeoutException)
        {
            // Someone may be allowed to change targets, but not to see the function or its role.
            return gap is null ? Unchecked(isChanged, e) : new(isChanged, WarningOf(gap, $"could not be changed as {session.Identity} ({e.Message})"));
        }
    }

    private PolicyOutcome Unchecked(bool isChanged, Exception error)
    {
        string what = $"Whether the role of {function.Name} has the permissions that it needs now could not be found out as {session.Identity}: {FanOutError.Sentence(error.Message)}";
        return Needed.Statements.Count == 0 ? new(isChanged, null, what)
            : new(isChanged, $"{what} Without these statements records fail: {Needed.Json}");
    }

    // The policies of another's role are never changed; but who registers a target there is told what it may lack.
    private async Task<PolicyOutcome> JudgeAsync(string role, CancellationToken cancellationToken)
    {
        try
        {
            PolicyDocument missing = await new ForeignPolicies(session, role).FindMissingAsync(Needed, cancellationToken).ConfigureAwait(false);
            return missing.Statements.Count == 0 ? new(false) : new(
                false, $"The policies of the role {role} are its owner's, and do not seem to allow what the function {function.Name} needs now. These statements are missing: {missing.Json}");
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return new(false, null, $"The function {function.Name} has the role {role}, which does not exist: {e.Message}");
        }
    }

    private PolicyDocument Needed => ExecutionPolicy.OfSome(Targets, Connecting is null ? [] : [Connecting], Home);

    // Streams are read in their own account; a topic may call a function of another one.
    private AwsLocation Home
    {
        get
        {
            Arn[] sources = [.. Targets.Select(static t => t.SourceArn).Append(Connecting?.EventSourceArn).Select(static a => Arn.TryParse(a, out Arn? arn) ? arn : null).OfType<Arn>()];
            string? account = function.Account ?? sources.OrderBy(static a => a.Service == "sns").FirstOrDefault()?.Account;
            return new AwsLocation(Partition.OfRegion(session.Region).Id, session.Region, account ?? "*");
        }
    }

    private static string WarningOf(PolicyGap gap, string why) => $"The policy {gap.PolicyName} of the role {gap.RoleName} {why}. "
        + (gap.IsNarrower ? "It allows more than the function needs now." : $"It should have these statements too: {gap.Missing}");
}
