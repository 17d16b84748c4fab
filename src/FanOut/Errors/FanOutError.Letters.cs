using System.Globalization;
using System.Management.Automation;

namespace FanOut.Errors;

/// <content>Errors about dead letters that are sent again.</content>
internal static partial class FanOutError
{
    /// <summary>A letter's record failed again.</summary>
    /// <param name="letter">The letter, which stays.</param>
    /// <param name="target">Where it was sent, as messages name it.</param>
    /// <param name="failure">Why.</param>
    /// <param name="identity">Who sent, besides the roles of mappings.</param>
    public static FanOutException LetterNotDelivered(FanOutDeadLetter letter, string target, Engine.Batching.Failure failure, string identity) => new(
        "LetterNotDelivered", ErrorCategory.WriteError, letter, $"{Named(letter)} was not delivered to {target} (sent as {identity}): {failure.Class} {failure.Code}: {Sentence(failure.Reason)}")
    {
        Advice = failure.Class switch
        {
            Engine.Batching.FailureClass.PermanentTarget => "The letter stays. Look whether the target is there, and whether you may send to it: the function's right to do so is not yours. With a role, its trust policy must name you too; -SkipRole sends without it.",
            Engine.Batching.FailureClass.Oversize or Engine.Batching.FailureClass.PermanentItem or Engine.Batching.FailureClass.Undecodable =>
                "The letter stays. Set-FanOutTarget changes what the target gets, -SendTo sends it to another one.",
            _ => "The letter stays: try again in a while.",
        },
        RequestId = failure.RequestId,
        AwsErrorCode = failure.Code,
    };

    /// <summary>A letter was delivered, and is still there.</summary>
    public static FanOutException LetterNotRemoved(FanOutDeadLetter letter, string reason, string identity) => new(
        "LetterNotRemoved", ErrorCategory.WriteError, letter, $"{Named(letter)} was delivered, but could not be removed from {letter.DeadLetter} as {identity}: {Sentence(reason)}")
    {
        Advice = "It would be sent once more by the next run. It takes sqs:DeleteMessage on a queue; s3:DeleteObject and s3:PutObject in a bucket.",
    };

    /// <summary>Nothing can be removed from where letters lie, so that all of them would be sent again and again.</summary>
    public static FanOutException LettersNotRemovable(string deadLetter) => new(
        "LettersNotRemovable", ErrorCategory.PermissionDenied, deadLetter, $"None of the letters that were delivered could be removed from {deadLetter}: no more are sent.")
    {
        Advice = "The errors before this one say why. docs/permissions.md has what it takes.",
    };

    /// <summary>A file of letters cannot be opened.</summary>
    /// <param name="file">The file.</param>
    /// <param name="removes">Whether letters are to be removed from it.</param>
    /// <param name="cause">Why not.</param>
    public static FanOutException LettersNotOpened(string file, bool removes, Exception cause) => new(
        "FileNotRead", ErrorCategory.ReadError, file, $"The file {file} could not be opened{(removes ? " to remove letters from it" : "")}: {Sentence(cause.Message)} Nothing was sent.", cause)
    {
        Advice = removes ? "You must be allowed to write to it, and no other command may use it at this moment: a replay that writes it, or another Resume-FanOutDeadLetter." : "You must be allowed to read it.",
    };

    /// <summary>A letter cannot be read.</summary>
    public static FanOutException LetterNotReadable(FanOutDeadLetter letter) => new(
        "LetterNotReadable", ErrorCategory.InvalidData, letter, $"What lies in {letter.DeadLetter} as {letter.MessageId ?? $"{letter.ObjectKey}, line {letter.Line}"} cannot be sent again: {Sentence(letter.Problem ?? "it names no source")}")
    {
        Advice = "It stays. Get-FanOutDeadLetter shows it, in Body.",
    };

    /// <summary>Nobody gets the records of a source.</summary>
    public static FanOutException LetterWithoutTarget(string sourceArn) => new(
        "LetterWithoutTarget", ErrorCategory.ObjectNotFound, sourceArn, $"No target of {sourceArn} is enabled: its letters stay.")
    {
        Advice = "Enable-FanOutTarget enables targets; -SendTo names one.",
    };

    /// <summary>A letter's target is not registered.</summary>
    /// <param name="notFound">What is said of such a target elsewhere.</param>
    public static FanOutException LetterTargetNotFound(FanOutException notFound) => new(notFound.ErrorId, notFound.Category, notFound.Target, notFound.Message)
    {
        Advice = "Its letters stay. -SendTo sends them to another target of the source; Get-FanOutTarget lists the targets.",
    };

    /// <summary>A letter's target is disabled.</summary>
    public static FanOutException TargetDisabled(string id, string sourceArn) => new(
        "TargetDisabled", ErrorCategory.InvalidOperation, id, $"The target '{id}' of {sourceArn} is disabled: its letters stay.")
    {
        Advice = $"Enable-FanOutTarget enables it; -SendTo {Sources.RepairCommand.Quoted(id)} sends to it all the same, or to another one.",
    };

    /// <summary>Other letters had the same error as one that was told in full.</summary>
    /// <param name="like">The error of one of them.</param>
    /// <param name="count">How many they are.</param>
    public static FanOutException MoreLikeIt(FanOutException like, int count) => new(
        like.ErrorId, like.Category, like.Target, string.Create(CultureInfo.InvariantCulture, $"So it was with {count:N0} more letters{(like.AwsErrorCode is { } code ? $" ({code})" : "")}: Failures of the result names each."), like)
    {
        RequestId = like.RequestId,
        AwsErrorCode = like.AwsErrorCode,
    };

    private static string Named(FanOutDeadLetter letter) =>
        letter.Id is { } id ? $"The record {letter.SequenceNumber} for the target '{id}'" : $"What Lambda gave up of {letter.SourceArn} from {letter.SequenceNumber} on";
}
