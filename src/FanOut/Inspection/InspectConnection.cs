using System.Globalization;
using FanOut.Aws.Lambda;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Sources;
using FanOut.Sources.Topics;
using FanOut.Views;

namespace FanOut.Inspection;

/// <summary>Says how a source and the function are connected.</summary>
/// <param name="function">The function's name.</param>
/// <param name="region">Its region.</param>
internal sealed class InspectConnection(string function, string region)
{
    private const string Check = "Connection";

    /// <summary>What is to be said: what loses records or lets none come fails, what stops them, and can be wanted, is warned of.</summary>
    /// <param name="read">The function.</param>
    /// <param name="mapping">The mapping, whose dead letter keeps records from being dropped.</param>
    /// <param name="eventSourceMappings">The source's event source mappings with the function.</param>
    /// <param name="topic">The source's connection, where it is a topic; null: it is none.</param>
    /// <param name="described">The source, for each of them.</param>
    public Finding Of(ReadSources read, Mapping mapping, IReadOnlyList<EventSourceMappingConfiguration> eventSourceMappings, TopicConnection? topic, IReadOnlyList<FanOutSource> described)
    {
        if (read.FunctionTable is { } other && SourceProblems.NameOf(other) != SourceProblems.NameOf(read.TableName))
        {
            return Finding.Fail(
                Check,
                $"The function reads its targets from the table {other}, not from {read.TableName}, in which the target is: it gets nothing.",
                $"Publish-FanOutFunction -TableName {RepairCommand.Quoted(read.TableName)}{RepairCommand.FunctionOf(function, region)}");
        }

        string[] problems = [.. described.SelectMany(static s => s.Problems)];
        if (problems.Length > 0)
        {
            bool loses = (ReportingPlan.IsOn(read.Variables) && eventSourceMappings.Any(static m => !ReportingPlan.Reports(m))) || topic is { State: "Enabled", IsPermitted: false };
            string detail = string.Join(' ', problems.Select(ProblemText.WithoutCommand));
            string remedy = string.Join('\n', problems.Select(static p => ProblemText.Split(p).Command).OfType<string>().Distinct());
            if (eventSourceMappings.Count == 0 && topic is null)
            {
                return Finding.Fail(Check, $"{detail} What comes to a stream meanwhile is read only from -StartingPosition TrimHorizon or AtTimestamp on, or sent by Invoke-FanOutReplay.", remedy);
            }

            return loses ? Finding.Fail(Check, detail, remedy) : Finding.Warn(Check, detail, remedy);
        }

        FanOutSource source = described[0];
        bool isTopic = SourceArn.IsOf(SourceKind.Sns, source.SourceArn);
        string what = $"The source is connected, {source.State}"
            + (isTopic ? "" : string.Create(CultureInfo.InvariantCulture, $", in batches of up to {source.BatchSize} records; the last result is: {source.LastProcessingResult ?? "none yet"}")) + ".";
        bool drops = source is { OnFailureDestination: null or "" } && (source.MaximumRetryAttempts is >= 0 || source.MaximumRecordAge > TimeSpan.Zero);
        return drops && mapping.OnFailure != OnFailure.DeadLetter
            ? Finding.Warn(
                Check,
                $"{what} {DropWarning.Of(isTopic ? "messages" : "records", source.MaximumRetryAttempts ?? -1, source.MaximumRecordAge ?? TimeSpan.Zero, ", or the target a -DeadLetter")}",
                RepairCommand.Of("Set-FanOutTarget", $"{RepairCommand.Quoted(mapping.Id)} -DeadLetter <queue>", mapping.SourceArn, function, region))
            : Finding.Pass(Check, what);
    }
}
