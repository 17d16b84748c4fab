using System.Management.Automation;
using FanOut.Aws.Lambda;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Views;

namespace FanOut.Sources;

/// <summary>What is missing between a source and its targets. Each sentence ends with the command that repairs it.</summary>
internal static class SourceProblems
{
    private const int MostNamed = 4;

    /// <summary>The problems, the worst first: what loses records, what stops them, then the rest.</summary>
    public static IEnumerable<string> Of(SourceFacts facts)
    {
        var repair = new RepairCommand(facts);
        IEnumerable<string> ofEventSourceMapping = facts.EventSourceMapping is { } eventSourceMapping
            ? OfEventSourceMapping(facts, eventSourceMapping, repair)
            : OfUnconnected(facts, repair);
        return ofEventSourceMapping.Concat(OfTargets(facts, repair));
    }

    /// <summary>Whether the last batch of an event source mapping failed.</summary>
    public static bool HasFailed(EventSourceMappingConfiguration eventSourceMapping) =>
        eventSourceMapping.LastProcessingResult?.StartsWith("PROBLEM", StringComparison.Ordinal) == true;

    private static IEnumerable<string> OfUnconnected(SourceFacts facts, RepairCommand repair)
    {
        switch (facts.Topic)
        {
            case null when EventSource.Describe(facts.SourceArn).Kind == "SNS":
                // Whether the function is subscribed to the topic could not be found out.
                break;
            case null when facts.ReadBy is { } reader:
                yield return $"The source is read by {reader}, not by what was asked for. This moves it, with its settings and from where it is: {repair.Moving(reader)}";
                break;
            case null or { State: DescribeSource.NotConnected }:
                string what = facts.Targets is { Count: > 0 } ? "Targets are registered, but the source is not connected." : "The source is not connected.";
                yield return repair.With(what, "Connect-FanOutSource");
                break;
            case { State: "Disabled" }:
                yield return repair.With("The topic is suspended. The function is not subscribed to it: what is published meanwhile does not reach the targets.", "Resume-FanOutSource");
                break;
            case { IsPermitted: false }:
                yield return repair.With("The topic may not invoke the function: its messages are lost.", "Connect-FanOutSource");
                break;
        }
    }

    private static IEnumerable<string> OfEventSourceMapping(SourceFacts facts, EventSourceMappingConfiguration eventSourceMapping, RepairCommand repair)
    {
        if (EventSource.Describe(facts.SourceArn).Kind is not ("Kinesis" or "DynamoDB"))
        {
            yield return repair.With("The function cannot read a source of this type: each of its batches fails.", "Disconnect-FanOutSource");
            yield break;
        }

        bool reports = ReportingPlan.Reports(eventSourceMapping);
        if (!reports && facts.AnswersItems == true)
        {
            yield return repair.With(
                $"Records that fail are lost: the function's {FunctionVariables.BatchItemFailures} is true, but the event source mapping does not have ReportBatchItemFailures.",
                "Connect-FanOutSource",
                "-Force");
        }
        else if (reports && facts.ForeignRuntime is { } runtime)
        {
            yield return repair.With($"ReportBatchItemFailures is on, but the function has the runtime {runtime} and does not report which records failed.", "Connect-FanOutSource", "-Force");
        }
        else if (reports && facts.AnswersItems == false)
        {
            yield return repair.With(
                $"ReportBatchItemFailures is on, but the function's {FunctionVariables.BatchItemFailures} is not true: one failed record fails its whole batch.",
                "Connect-FanOutSource",
                "-Force");
        }

        if (eventSourceMapping.State is "Disabled" or "Disabling")
        {
            yield return repair.With($"The stream is suspended. Its event source mapping is {eventSourceMapping.State}.", "Resume-FanOutSource");
        }

        if (HasFailed(eventSourceMapping))
        {
            yield return OfFailure(facts, $"The last batch failed: {eventSourceMapping.LastProcessingResult!.TrimEnd('.')}.", repair);
        }
    }

    // The command comes last: a reason that has one of its own is cut before it.
    private static string OfFailure(SourceFacts facts, string what, RepairCommand repair) => facts.Failed switch
    {
        [] => repair.With($"{what} The function's log says why, and at which target:", "Get-FanOutLog", "-Level error"),
        [var only] => repair.With($"{what} The target {only.Id} did not take its records: {Cut(only.Reason)} More in the log:", "Get-FanOutLog", $"-Id {RepairCommand.Quoted(WildcardPattern.Escape(only.Id))} -Level error"),
        [var first, ..] many => repair.With(
            $"{what} {many.Count} targets did not take their records: {first.Id} ({Cut(first.Reason).TrimEnd('.')}), {string.Join(", ", many.Skip(1).Take(MostNamed).Select(static o => o.Id))}{(many.Count > MostNamed + 1 ? " and others" : "")}. Their reasons are in the log:",
            "Get-FanOutLog",
            "-Level error"),
    };

    private static string Cut(string reason) => FanOutError.Sentence(ProblemText.WithoutCommand(reason));

    private static IEnumerable<string> OfTargets(SourceFacts facts, RepairCommand repair)
    {
        if (facts.FunctionTable is { } table && NameOf(table) != NameOf(facts.TableName))
        {
            yield return $"The function reads its targets from the table {table}, not from {facts.TableName}: Get-FanOutSource -TableName {RepairCommand.Quoted(table)}{repair.Function}";
        }

        if (facts.Targets is not { } rows)
        {
            yield break;
        }

        foreach (TargetRow row in rows)
        {
            if (row.Problem is { } problem)
            {
                string id = row.ToTarget().Id;
                yield return repair.With(
                    $"The target {id} is not a valid mapping ({problem.TrimEnd('.')}){(row.ToTarget().Enabled ? ", and fails all records of the source" : "")}.",
                    "Unregister-FanOutTarget",
                    $"-Id {RepairCommand.Quoted(id)}");
            }
        }

        foreach (Mapping mapping in rows.Select(static r => r.Mapping).OfType<Mapping>().Where(static m => m.Active))
        {
            if (facts.StreamViewType is { } viewType && StreamImages.FindMissing(mapping, viewType) is { } missing)
            {
                yield return repair.With(
                    $"The target {mapping.Id} does not get all records: {missing}. Another stream of the table with NEW_AND_OLD_IMAGES has them; or show what needs no image.",
                    "Set-FanOutTarget",
                    $"-Id {RepairCommand.Quoted(mapping.Id)} -View record");
            }
        }

        if (rows.Count == 0)
        {
            yield return repair.With("No target is registered.", "Register-FanOutTarget", "-Enabled -Id <id> -Type <type> -Destination <destination>");
        }
        else if (!rows.Any(static r => r.Mapping is { Active: true }) && rows.Any(static r => r.Mapping is not null))
        {
            yield return $"{repair.With("No target is enabled.", "Get-FanOutTarget")} | Enable-FanOutTarget";
        }
    }

    internal static string NameOf(string table) => Arn.TryParse(table, out Arn? arn) ? arn.ResourceName : table;
}
