using System.Management.Automation;
using FanOut.Local.Replays;

namespace FanOut.Errors;

/// <content>Errors of replays.</content>
internal static partial class FanOutError
{
    /// <summary>A shard was not replayed to its end.</summary>
    /// <param name="stop">Why not.</param>
    /// <param name="sourceArn">The stream.</param>
    /// <param name="checkpoint">The checkpoint's file; null: there is none.</param>
    /// <param name="identity">Who called.</param>
    public static FanOutException ReplayStopped(ShardStop stop, string sourceArn, string? checkpoint, string? identity)
    {
        string goOn = checkpoint is not null ? $"Run the command again with -Checkpoint '{checkpoint}': it goes on there."
            : $"Replay the rest: -ShardId {stop.ShardId}{(stop.SequenceNumber is null ? "" : $" -From '{stop.SequenceNumber}'")}; with -Checkpoint a replay goes on by itself.";
        if (stop.Failure is not { } failure)
        {
            FanOutException cause = Of(stop.Cause!, sourceArn, identity);
            return new FanOutException(
                "ReplayStopped", cause.Category, stop.ShardId, $"The shard {stop.ShardId} of {sourceArn} cannot be read further: {Sentence(cause.Message)}", stop.Cause)
            {
                Advice = $"{(cause.Advice is { } advice ? advice + " " : "")}{goOn}",
                RequestId = cause.RequestId,
                AwsErrorCode = cause.AwsErrorCode,
            };
        }

        return new FanOutException(
            "ReplayStopped", ErrorCategory.WriteError, stop.ShardId,
            $"The shard {stop.ShardId} of {sourceArn} was stopped at the record {stop.SequenceNumber}: the target '{stop.MappingId}' did not take it (sent as {identity}): {failure.Class} {failure.Code}: {Sentence(failure.Reason)} "
            + "All records before it are settled.")
        {
            Advice = $"Mend what the reason names. {goOn} With -DeadLetterPath records that are not taken are written to a file, and the replay goes on behind them.",
            RequestId = failure.RequestId,
        };
    }

    /// <summary>A file that is to be replayed holds no event.</summary>
    public static FanOutException FileWithoutEvent(string path, string key, string problem) => new(
        "LetterNotReadable", ErrorCategory.InvalidData, key, $"The file {key} in {path} has no records that could be sent: {Sentence(problem)}")
    {
        Advice = "Get-FanOutDeadLetter shows what it holds. If it is no file of Lambda's, move it to another place.",
    };

    /// <summary>Records that were asked for are gone.</summary>
    public static FanOutException RecordsTrimmed(string shardId, string sourceArn, string wanted, string oldest) => new(
        "RecordsTrimmed", ErrorCategory.ObjectNotFound, shardId,
        $"The shard {shardId} of {sourceArn} holds the record {wanted} no more: the replay goes on with {oldest}, the oldest that it has. Records in between may be lost to it.")
    {
        Advice = "Kinesis keeps records as long as the stream's retention period says, DynamoDB for a day. What is older is in dead letters and in on-failure destinations, where it failed.",
    };

    /// <summary>The checkpoint is of another replay.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="parameter">The parameter that is different.</param>
    /// <param name="there">What it was; empty: it was not given.</param>
    /// <param name="given">What it is now; empty: it is not given.</param>
    public static FanOutException CheckpointMismatch(string path, string parameter, string there, string given) => new(
        "CheckpointMismatch", ErrorCategory.InvalidArgument, path,
        $"The checkpoint {path} is of another replay, {(there.Length == 0 ? $"without -{parameter}" : $"with -{parameter} {there}")}, not {(there.Length == 0 ? "with " : "")}{(given.Length == 0 ? "all" : given)}. Nothing was sent.")
    {
        Advice = "Give another -Checkpoint for another replay. To go on with that one "
            + (parameter is "From" or "To" ? "leave -From and -To out: they are in the checkpoint." : there.Length == 0 ? $"leave -{parameter} out." : $"give -{parameter} {there}."),
    };

    /// <summary>The file is no checkpoint that can be read.</summary>
    public static FanOutException CheckpointInvalid(string path, string problem) => new(
        "CheckpointInvalid", ErrorCategory.InvalidData, path, $"The file {path} cannot be read as a checkpoint: {Sentence(problem)} Nothing was sent.")
    {
        Advice = "Give another file, or delete this one to begin anew: then records are sent again that were sent before.",
    };

    /// <summary>The checkpoint may not be written.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="isOfReplay">Whether a replay has left a file beside it that the user may not open.</param>
    /// <param name="cause">What the system said.</param>
    public static FanOutException CheckpointDenied(string path, bool isOfReplay, Exception cause) => new(
        "FileNotWritten", ErrorCategory.WriteError, path, isOfReplay
            ? $"The checkpoint {path} cannot be used: the file beside it by which replays keep off each other, {Path.GetFileName(path)}.lock, is another user's. Nothing was sent."
            : $"The checkpoint {path} could not be written: you may not write to it, or to its folder.", cause)
    {
        Advice = isOfReplay
            ? $"Run it as the user who began that replay, or give another -Checkpoint. If no replay runs, delete {path}.lock."
            : "Give -Checkpoint a path in a folder that you may write to, or make that folder writable.",
    };

    /// <summary>Another replay uses the checkpoint.</summary>
    public static FanOutException CheckpointInUse(string path) => new(
        "CheckpointInUse", ErrorCategory.ResourceBusy, path, $"Another replay uses the checkpoint {path} at this moment. Nothing was sent.")
    {
        Advice = "Wait for its end. Two replays at a time have a checkpoint each.",
    };
}
