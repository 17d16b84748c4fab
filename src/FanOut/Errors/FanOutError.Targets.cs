using System.Management.Automation;
using Amazon.Runtime;

namespace FanOut.Errors;

// Targets and their destinations.
internal static partial class FanOutError
{
    /// <summary>The mapping does not exist.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="sourceArn">Its source, or <c>any source</c>.</param>
    /// <param name="table">The table that was read.</param>
    /// <param name="region">The table's region.</param>
    /// <param name="identity">Who looked it up.</param>
    /// <param name="known">The ids that there are; empty: none, or they may not be seen.</param>
    public static FanOutException TargetNotFound(string id, string sourceArn, string table, string region, string identity, IReadOnlyCollection<string> known) => new(
        "TargetNotFound", ErrorCategory.ObjectNotFound, id, $"There is no target '{id}' of {sourceArn} in the table {table} in {region} (looked up as {identity}).{(Nearest.Near(id, known) is { } near ? $" Is '{near}' meant?" : "")}")
    {
        Advice = "Get-FanOutTarget lists the targets.",
    };

    /// <summary>Others change a mapping again and again, so that it is never as it was checked.</summary>
    public static FanOutException TargetBusy(string id, string sourceArn, int attempts) => new(
        "TargetBusy", ErrorCategory.ResourceBusy, id, $"The target '{id}' of {sourceArn} was changed by somebody else at the same time, {attempts} times in a row. Nothing was changed here.")
    {
        Advice = "Try again.",
    };

    /// <summary>Somebody else has changed a mapping since it was planned what to do about it.</summary>
    public static FanOutException TargetOvertaken(string id, string sourceArn) => new(
        "TargetOvertaken", ErrorCategory.ResourceBusy, id, $"The target '{id}' of {sourceArn} was changed by somebody else since the plan was made: it was left as it is now.")
    {
        Advice = "Run Sync-FanOutTarget again, which makes a new plan; -WhatIf shows it.",
    };

    /// <summary>A call that writes several targets failed, so none of them was written.</summary>
    /// <param name="ids">Their ids.</param>
    /// <param name="cause">Why.</param>
    public static FanOutException TargetsNotWritten(IReadOnlyList<string> ids, FanOutException cause) => ids.Count == 1 ? cause : new(
        cause.ErrorId, cause.Category, ids, $"{ids.Count} targets were not written ({string.Join(", ", ids.Take(3))} and so on): {Sentence(cause.Message)}", cause.InnerException)
    {
        Advice = cause.Advice,
        RequestId = cause.RequestId,
        AwsErrorCode = cause.AwsErrorCode,
        IsTerminating = cause.IsTerminating,
    };

    /// <summary>The mapping exists already, and is another than the wanted one.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="sourceArn">Its source.</param>
    /// <param name="table">Its table.</param>
    /// <param name="differences">In which settings it is another.</param>
    public static FanOutException TargetExists(string id, string sourceArn, string table, string differences) => new(
        "TargetExists", ErrorCategory.ResourceExists, id, $"The target '{id}' of {sourceArn} exists already in the table {table}, and is another: {Sentence(differences)}")
    {
        Advice = "Set-FanOutTarget changes single settings, -Force replaces it.",
    };

    /// <summary>A row is not a valid mapping.</summary>
    public static FanOutException InvalidMapping(string id, string sourceArn, string reason) => new(
        "InvalidMapping", ErrorCategory.InvalidData, id, $"The target '{id}' of {sourceArn} is not a valid mapping: {Sentence(reason)}")
    {
        Advice = "The function fails the records of this source as long as the row is enabled. Register-FanOutTarget -Force replaces it; this deletes it: "
            + $"Unregister-FanOutTarget -Id {Sources.RepairCommand.Quoted(id)} -SourceArn {Sources.RepairCommand.Quoted(sourceArn)}",
    };

    /// <summary>Settings that the function would not accept as a mapping.</summary>
    /// <param name="id">The target's id; null: not known.</param>
    /// <param name="reason">What is wrong.</param>
    /// <param name="parameters">The parameters of the settings that are wrong, where they are known.</param>
    public static FanOutException InvalidSettings(string? id, string reason, params IReadOnlyList<string> parameters) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, id, $"The target{(id is null ? "" : $" '{id}'")} cannot have these settings: {Sentence(reason)}")
    {
        Parameters = parameters,
    };

    /// <summary>A change without a new value.</summary>
    public static FanOutException NothingToChange(string id) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, id, $"No new setting was given for the target '{id}'.")
    {
        Advice = "Give new settings as parameters, such as -Collapse none; the properties of piped objects only name the target.",
    };

    /// <summary>The text of the destination has not the form that its type needs.</summary>
    /// <param name="shown">The destination without its secrets.</param>
    /// <param name="problem">What is wrong and what is allowed.</param>
    public static FanOutException InvalidDestination(string shown, string problem) => new(
        "InvalidDestination", ErrorCategory.InvalidArgument, shown, $"The destination '{shown}' cannot be used: {Sentence(problem)}")
    {
        Parameters = [nameof(FanOutTarget.Destination)],
    };

    /// <summary>The resource that the destination names does not exist.</summary>
    public static FanOutException DestinationNotFound(string what, string name, string region, string identity, string advice, AmazonServiceException? cause = null) => new(
        "DestinationNotFound", ErrorCategory.ObjectNotFound, name, $"There is no {what} '{name}' in {region} (looked up as {identity}).", cause)
    {
        Advice = advice,
        RequestId = cause?.RequestId,
        AwsErrorCode = cause?.ErrorCode,
    };

    /// <summary>The resource that the destination names exists, but has no endpoint yet.</summary>
    public static FanOutException DestinationNotReady(string what, string name, string? status, string region) => new(
        "DestinationNotReady", ErrorCategory.ResourceUnavailable, name, $"The {what} '{name}' in {region} has no endpoint yet{(status is null ? "" : $"; it is {status}")}.")
    {
        Advice = "It is still being created: try again in a while.",
    };
}
