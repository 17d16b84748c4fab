using System.Globalization;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine;
using FanOut.Engine.Mappings;
using FanOut.Local.Transfers;

namespace FanOut.Local.Checks;

/// <summary>Sends a record to a target from this process, by the function's own engine, and tells what came of it.</summary>
/// <param name="session">Who sends, in the function's region, unless the mapping has a role.</param>
/// <param name="function">The function's name, which becomes part of the names of role sessions.</param>
/// <param name="time">The clock.</param>
internal sealed class SendRecord(AwsSession session, string function, TimeProvider time)
{
    private const string Check = "Send";

    // Longer than a call may take, with what is sent again.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Sends it.</summary>
    /// <param name="candidate">The target, which has a mapping.</param>
    /// <param name="json">An event with the record.</param>
    /// <param name="mark">What the record is known by at the target.</param>
    /// <param name="cancellationToken">Ends the wait; whether the target has it is not known then.</param>
    public async Task<FanOutTargetCheck> OfAsync(Candidate candidate, byte[] json, string mark, CancellationToken cancellationToken)
    {
        Mapping mapping = candidate.Mapping!;
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var targets = new LocalTargets(session, function, time);
        await using (targets.ConfigureAwait(false))
        {
            DispatchResult result = await new LocalEngine(targets, time, new Random()).SendAsync(json, [mapping], either.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return Told(candidate, ReadOutcomes.Of(result.Groups[0])[mapping.Id][0], mark, TargetRolePolicy.RoleOf(mapping) is { } role ? $"the role {role}, assumed by {session.Identity}" : session.Identity);
        }
    }

    private static FanOutTargetCheck Told(Candidate candidate, RecordOutcome outcome, string mark, string sender) => outcome switch
    {
        { State: RecordState.Delivered } => CheckTarget.New(
            candidate, Check, "Pass", $"The target has taken the record {mark}. It was sent from here as {sender}, not by the function: what its role may do and its network are not proven by it."),
        { State: RecordState.Filtered } => CheckTarget.New(
            candidate, Check, "Warn", "The filter lets no such record through: nothing was sent.", "Give a record that it lets through: -Record."),
        { Failure: { } failure } => CheckTarget.New(
            candidate, Check, "Fail", string.Create(CultureInfo.InvariantCulture, $"The target has not taken the record {mark}, sent from here as {sender} ({failure.Class}, {failure.Code}): {failure.Reason}"), "Look at what the reason says; -Environment names what it takes."),
        _ => CheckTarget.New(candidate, Check, "Fail", $"Whether the target has the record {mark} is not known: it gave no answer in time.", "Look for it there."),
    };
}
