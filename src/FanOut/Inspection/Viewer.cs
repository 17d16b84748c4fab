using FanOut.Credentials;
using FanOut.Engine.Mappings;

namespace FanOut.Inspection;

/// <summary>Who looks at things: the caller, or the role of a target that the caller could assume.</summary>
/// <param name="Session">The session.</param>
/// <param name="Account">Its account; null: not known.</param>
internal sealed record Viewer(AwsSession Session, string? Account)
{
    /// <summary>The same in a region; null or empty: this one.</summary>
    public Viewer In(string? region) => string.IsNullOrEmpty(region) ? this : this with { Session = Session.In(region) };

    /// <summary>Whether what it is told to be absent is absent: of other accounts' things services say that too to who may not see them.</summary>
    public bool IsOwner(string? arn) => Account is null || !Arn.TryParse(arn, out Arn? parsed) || parsed.Account.Length == 0 || parsed.Account == Account;

    /// <summary>What a look at something that is not there comes to.</summary>
    /// <param name="check">The check.</param>
    /// <param name="noun">What it is: "queue".</param>
    /// <param name="name">Its name or ARN.</param>
    /// <param name="seen">The look.</param>
    /// <param name="permission">What the look takes: "sqs:GetQueueUrl".</param>
    /// <param name="create">The command that makes it, or what else to do.</param>
    public Finding NotThere<T>(string check, string noun, string name, Seen<T> seen, string permission, string create)
        where T : class => !seen.IsMissing ? seen.NotSeen(check, $"Whether the {noun} {name} is there", permission)
        : IsOwner(name) ? Finding.Fail(check, $"The {noun} {name} does not exist in {Session.Region}.", create)
        : Finding.Skipped(check, $"The {noun} {name} is another account's: it does not exist, or {Session.Identity} may not see it.", $"You need {permission} there.");
}
