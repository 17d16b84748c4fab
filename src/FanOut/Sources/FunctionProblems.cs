using FanOut.Aws.Lambda;
using FanOut.Engine.Mappings;
using FanOut.Engine.Settings;
using FanOut.Registry;
using FanOut.Sources.Topics;

namespace FanOut.Sources;

/// <summary>What is missing or wrong with a function. Each sentence ends with the command that repairs it, if there is one.</summary>
internal static class FunctionProblems
{
    /// <summary>The problems, the worst first: what loses records, what stops them, then the rest.</summary>
    public static IEnumerable<string> Of(
        ReadSources read, FunctionDestination function, string region,
        IReadOnlyList<EventSourceMappingConfiguration> eventSourceMappings, IReadOnlyList<TopicConnection> topics, IReadOnlyList<TargetRow>? rows, IReadOnlyList<string> network)
    {
        string sources = $"Get-FanOutSource{RepairCommand.FunctionOf(function.Name, region)}";
        if (ReportingPlan.IsOn(read.Variables) && !ReportingPlan.IsForeign(read.Configuration)
            && eventSourceMappings.Any(m => InvokedFunction.QualifierOf(m) == InvokedFunction.Qualifier(function.Qualifier) && !ReportingPlan.Reports(m)))
        {
            yield return $"Records that fail are lost: {FunctionVariables.BatchItemFailures} is true, but an event source mapping does not have ReportBatchItemFailures. {sources}";
        }

        foreach (string problem in OfItself(read).Concat(network))
        {
            yield return problem;
        }

        foreach (EventSourceMappingConfiguration failing in eventSourceMappings.Where(static m => SourceProblems.HasFailed(m)))
        {
            yield return $"The last batch of {EventSource.Of(failing)} failed: {failing.LastProcessingResult!.TrimEnd('.')}. {sources}";
        }

        if (eventSourceMappings.Count + topics.Count == 0)
        {
            yield return $"No source is connected. Connect-FanOutSource -SourceArn <arn>{RepairCommand.FunctionOf(function.Name, region)}";
        }
        else if (!eventSourceMappings.Any(static m => m.State is "Enabled" or "Enabling" or "Creating" or "Updating") && !topics.Any(static t => t.State == "Enabled"))
        {
            yield return $"No source is enabled. {sources} | Resume-FanOutSource";
        }

        if (rows is { Count: 0 })
        {
            yield return $"No target is registered in the table {read.TableName}. "
                + $"Register-FanOutTarget -Enabled -Id <id> -Type <type> -Destination <destination> -SourceArn <arn>{RepairCommand.FunctionOf(function.Name, region)}";
        }
        else if (rows?.Any(static r => r.Problem is not null) == true)
        {
            int count = rows.Count(static r => r.Problem is not null);
            yield return $"{(count == 1 ? "1 row" : $"{count} rows")} of the table {read.TableName} {(count == 1 ? "is not a valid mapping" : "are not valid mappings")}. {sources}";
        }
    }

    /// <summary>What is wrong with the function itself, whatever is connected with it.</summary>
    public static IEnumerable<string> OfItself(ReadSources read)
    {
        FunctionConfiguration configuration = read.Configuration;
        if (FunctionSettings.FindProblem(read.Variables) is { } unreadable)
        {
            yield return $"The function does not start: {unreadable}";
        }

        if (configuration.State is "Failed")
        {
            yield return $"The function's state is Failed: {configuration.StateReason ?? configuration.StateReasonCode}";
        }

        if (configuration.LastUpdateStatus == "Failed")
        {
            yield return $"The last change of the function failed: {configuration.LastUpdateStatusReason ?? configuration.LastUpdateStatusReasonCode}";
        }

        if (configuration.Environment?.Error is { } error && (error.ErrorCode ?? error.Message) is { Length: > 0 })
        {
            yield return $"The function's environment variables cannot be read: {error.Message ?? error.ErrorCode}";
        }

        if (ReportingPlan.IsForeign(configuration))
        {
            yield return $"The function has the runtime {configuration.Runtime}: it is not FanOut's, but the original or another.";
        }
    }
}
