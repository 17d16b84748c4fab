using System.Globalization;
using FanOut.Operations;
using FanOut.Sources;

namespace FanOut.Local.Checks;

/// <summary>What came of a record that was to go through a source, for each of its targets.</summary>
/// <param name="function">The function's name.</param>
/// <param name="region">Its region.</param>
internal sealed class SentRecord(string function, string region)
{
    private const string Check = "Send";

    /// <summary>Why nothing was put into the source, and what to do about it; null: the record is there.</summary>
    public (string Text, string? Remedy)? NotSent { get; init; }

    /// <summary>Whether that is a fault, and not the caller's wish.</summary>
    public bool IsFault { get; init; }

    /// <summary>Why it is not known what came of it; null: it is, or the function has not told.</summary>
    public string? NotSeen { get; init; }

    /// <summary>What the record is known by.</summary>
    public string Mark { get; init; } = "";

    /// <summary>The way that it took.</summary>
    public SourceRoute Route { get; init; } = new([], TimeSpan.Zero);

    /// <summary>What the function has told of it; null: nothing in time.</summary>
    public MarkedNews? News { get; init; }

    /// <summary>The same for one of the source's targets.</summary>
    public FanOutTargetCheck Of(Candidate candidate)
    {
        if (NotSent is var (text, remedy))
        {
            return CheckTarget.New(candidate, Check, IsFault ? "Fail" : "Skipped", $"Nothing was put into the source. {text}", remedy);
        }

        string log = RepairCommand.Of("Get-FanOutLog", RepairCommand.Quoted(candidate.Id), candidate.SourceArn, function, region);
        if (!Route.Targets.Contains(candidate.Id))
        {
            return CheckTarget.New(candidate, Check, "Skipped", $"The record {Mark} did not go there: it is not registered, or disabled. {Everywhere()}".TrimEnd(), "Register it with -Enabled, or enable it.");
        }

        if (NotSeen is { } notSeen)
        {
            return CheckTarget.New(candidate, Check, "Skipped", $"The record {Mark} is in the source. What came of it could not be read: {notSeen}", "You need logs:FilterLogEvents on the function's log group.");
        }

        if (News is not { } news)
        {
            return CheckTarget.New(
                candidate, Check, "Fail",
                string.Create(CultureInfo.InvariantCulture, $"The record {Mark} is in the source, and within {Route.Patience.TotalSeconds:0} s the function {function} has not told what came of it: it has not run, has not ended, or is of an earlier version, which does not tell."),
                $"{RepairCommand.Of("Get-FanOutSource", "", candidate.SourceArn, function, region)}\n{log}\nPublish-FanOutFunction{RepairCommand.FunctionOf(function, region)}");
        }

        string invocation = $"The invocation {news.RequestId} told it{(news.Age is { } age ? string.Create(CultureInfo.InvariantCulture, $" {age.TotalSeconds:0.0} s after the record had come to the source") : "")}.";
        return news.Targets.FirstOrDefault(t => t.Id == candidate.Id) switch
        {
            null when news.Reason is null => CheckTarget.New(
                candidate, Check, "Warn",
                $"The function had the record {Mark}, and did not know this target yet: a change of the table is known within a minute. {invocation} {Everywhere()}".TrimEnd(), "Wait a minute, and run the same command again."),
            null => CheckTarget.New(
                candidate, Check, "Fail", $"The function had the record {Mark}, and did not send it to this target: {news.Reason} {invocation} {Everywhere()}".TrimEnd(), log),
            { State: "delivered" } => CheckTarget.New(candidate, Check, "Pass", $"The target has taken the record {Mark}, which went through source and function. {invocation} {Everywhere()}"),
            { State: "filtered" } => CheckTarget.New(
                candidate, Check, "Warn", $"The filter left the record {Mark} out. {invocation} {Everywhere()}", "Give a record that it lets through: -Record."),
            { State: "deadLettered" } target => CheckTarget.New(
                candidate, Check, "Fail", $"The target has not taken the record {Mark}, and its dead letter has ({target.Why}). {invocation} {Everywhere()}", $"Get-FanOutDeadLetter {RepairCommand.Quoted(DeadLetterOf(candidate))}\n{log}"),
            var target => CheckTarget.New(
                candidate, Check, "Fail", $"The target has not taken the record {Mark} ({target.Why ?? "it has not confirmed it"}). It comes again from the source. {invocation} {Everywhere()}", log),
        };
    }

    private static string DeadLetterOf(Candidate candidate) => candidate.Mapping?.DeadLetter?.Display ?? "<its dead letter>";

    private string Everywhere()
    {
        if (News is not { } news)
        {
            return $"It goes to {string.Join(", ", Route.Targets)}.";
        }

        IEnumerable<string> told =
            from target in news.Targets
            group target.Id by target.State into same
            select $"{Word(same.Key)} {string.Join(", ", same)}";
        string letters = news.Targets.Any(static t => t.State == "deadLettered") ? " A letter of it stays there, and Resume-FanOutDeadLetter would send it." : "";
        return string.Join("; ", told) is { Length: > 0 } all ? $"{char.ToUpperInvariant(all[0])}{all[1..]}.{letters}{Form()}" : "";
    }

    // One record goes to all, and not all take it for the same.
    private string Form()
    {
        string[] others = [.. Route.Targets.Except(Route.OfChanges)];
        return others.Length == 0 || Route.OfChanges.Count == 0 ? ""
            : $" It was put there as a change of an item, as {string.Join(", ", Route.OfChanges)} take{(Route.OfChanges.Count == 1 ? "s" : "")} it; {string.Join(", ", others)} got that change as it is.";
    }

    private static string Word(string state) => state switch
    {
        "delivered" => "delivered to",
        "filtered" => "left out by the filter of",
        "deadLettered" => "in the dead letter of",
        _ => "failed at",
    };
}
