using System.Globalization;
using FanOut.Aws.Lambda;
using FanOut.Aws.Trust;
using FanOut.Deployment.Policies;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Inspection;
using FanOut.Local.Transfers;
using FanOut.Sources;

namespace FanOut.Local.Checks;

/// <summary>Sends a record to a target from this process, by the function's own engine, and tells what came of it.</summary>
/// <param name="from">What looks at the function; who sends is its caller, in the function's region, unless the mapping has a role.</param>
/// <param name="targets">Where the target comes from.</param>
/// <param name="time">The clock.</param>
internal sealed class SendRecord(InspectTarget from, ITargetSource targets, TimeProvider time)
{
    private const string Check = "Send";

    private readonly SendTrial _trial = new(targets, time);

    /// <summary>How it stands, for a progress bar.</summary>
    public string Status => _trial.Status;

    /// <summary>Sends it.</summary>
    /// <param name="candidate">The target, which has a mapping.</param>
    /// <param name="json">An event with the record.</param>
    /// <param name="mark">What the record is known by at the target.</param>
    /// <param name="cancellationToken">Ends the wait; whether the target has it is not known then.</param>
    public async Task<FanOutTargetCheck> OfAsync(Candidate candidate, byte[] json, string mark, CancellationToken cancellationToken)
    {
        Trial trial = await _trial.OfAsync(candidate.Mapping!, json, cancellationToken).ConfigureAwait(false);
        return trial is { Failure: { } failure, Refused: [.., { IsTrusted: false }] } && await BundleAsync(cancellationToken).ConfigureAwait(false) is { } bundle
            ? OtherAuthorities(candidate, mark, failure.Reason, bundle)
            : Told(candidate, trial, mark, SenderOf(candidate.Mapping!));
    }

    private static FanOutTargetCheck Told(Candidate candidate, Trial trial, string mark, string sender) => trial.Outcome switch
    {
        { State: RecordState.Delivered } => CheckTarget.New(
            candidate, Check, "Pass", $"The target has taken the record {mark}. It was sent from here{sender}, not by the function: {(IsCalledAsSomebody(candidate.Mapping!) ? "what its role may do and its network are" : "its network is")} not proven by it."),
        { State: RecordState.Filtered } => CheckTarget.New(
            candidate, Check, "Warn", "The filter lets no such record through: nothing was sent.", "Give a record that it lets through: -Record."),
        { Failure: not null } when trial.Failure is { } failure => CheckTarget.New(
            candidate, Check, "Fail",
            string.Create(CultureInfo.InvariantCulture, $"The target has not taken the record {mark}, sent from here{sender} ({failure.Class}, {failure.Code}): {failure.Reason}{trial.Answers}"), "Look at what the reason says; -Environment names what it takes."),
        _ => CheckTarget.New(candidate, Check, "Fail", $"Whether the target has the record {mark} is not known: it gave no answer in time.", "Look for it there."),
    };

    // It is no fault of the target's that this computer does not know its authority. AWS's calls of the module go by the computer's store, and endpoints' by the variable too.
    private FanOutTargetCheck OtherAuthorities(Candidate candidate, string mark, string reason, string bundle)
    {
        string here = candidate.Mapping!.Destination is HttpDestination
            ? $"Start a session in which $env:{ServerTrust.BundleVariable} names a file with the same certificates, and those that AWS's hosts need."
            : "Add its authority to the store of this computer, or try it with -NoVerifySsl, in a network of your own.";
        string through = SourceArn.IsOf(SourceKind.DynamoDb, candidate.SourceArn) ? ""
            : $"\nOr let the function send it: {RepairCommand.Of("Test-FanOutTarget", $"{RepairCommand.Quoted(candidate.Id)} -Send -Through Source", candidate.SourceArn, candidate.Function, from.Session.Region)}";
        return CheckTarget.New(
            candidate, Check, "Warn",
            $"It could not be tried from here; the record {mark} was not sent. {reason} The function trusts authorities of its own ({ServerTrust.BundleVariable} is '{bundle}'), and this computer does not know that one.", here + through);
    }

    /// <summary>The file of authorities that the function trusts; null: it has none of its own, or that is not known.</summary>
    private async Task<string?> BundleAsync(CancellationToken cancellationToken)
    {
        Seen<FunctionConfiguration> function = await from.FunctionAsync(cancellationToken).ConfigureAwait(false);
        return function.Value?.Environment?.Variables?.GetValueOrDefault(ServerTrust.BundleVariable) is { Length: > 0 } bundle ? bundle : null;
    }

    private static bool IsCalledAsSomebody(Mapping mapping) => mapping.Destination is not (HttpDestination or CacheDestination);

    private string SenderOf(Mapping mapping)
    {
        string caller = TargetRolePolicy.RoleOf(mapping) is { } role ? $"the role {role}, assumed by {from.Session.Identity}" : from.Session.Identity;
        return IsCalledAsSomebody(mapping) ? $" as {caller}"
            : mapping.HeadersSecret is { } secret ? $" with the headers of the secret {secret}, read as {caller}"
            : "";
    }
}
