using FanOut.Aws.Lambda;

namespace FanOut.Sources;

/// <summary>How a new event source mapping and its function come to agree on ReportBatchItemFailures.</summary>
/// <remarks>
/// Records are lost in one state only: the function answers which records failed (FANOUT_BATCH_ITEM_FAILURES=true), but the event source mapping
/// does not ask for that and takes the answer for success. So all event source mappings are changed first, and the variable is set last. The
/// other way round nothing is lost: a function that does not answer which records failed fails the whole batch.
/// </remarks>
/// <param name="Report">Whether the new event source mapping has ReportBatchItemFailures.</param>
/// <param name="SetVariable">Whether the function's variable is to be set.</param>
/// <param name="Upgrade">Event source mappings that get ReportBatchItemFailures before that.</param>
/// <param name="Warning">A warning for the user; null: none.</param>
internal sealed record ReportingPlan(bool Report, bool SetVariable, IReadOnlyList<EventSourceMappingConfiguration> Upgrade, string? Warning)
{
    /// <summary>The function response type with which an event source mapping asks which records failed.</summary>
    public const string ResponseType = "ReportBatchItemFailures";

    /// <summary>Makes the plan.</summary>
    /// <param name="function">The function, or the alias or version, that is connected.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="qualifier">The alias or version; null: the function itself.</param>
    /// <param name="others">The other event source mappings of the function, those of all its aliases and versions.</param>
    public static ReportingPlan Of(
        FunctionConfiguration function, IReadOnlyDictionary<string, string> variables, string? qualifier, IEnumerable<EventSourceMappingConfiguration> others)
    {
        if (IsForeign(function))
        {
            return new ReportingPlan(
                false,
                false,
                [],
                $"The function has the runtime {function.Runtime}, so it is not FanOut's: it does not report which records failed, and one failed record fails its whole batch.");
        }

        EventSourceMappingConfiguration[] silent = [.. others.Where(m => InvokedFunction.QualifierOf(m) == qualifier && m.State != "Deleting" && !Reports(m))];
        EventSourceMappingConfiguration[] fixedOnes = [.. silent.Where(static m => !CanReport(m))];
        if (IsOn(variables))
        {
            return new ReportingPlan(true, false, [.. silent.Except(fixedOnes)], fixedOnes.Length == 0 ? null : $"Records of {Names(fixedOnes)} that fail are lost: "
                + $"the function answers which records failed ({FunctionVariables.BatchItemFailures}=true), and that event source mapping does not ask for it.");
        }

        if (qualifier is not null)
        {
            return new ReportingPlan(true, false, [], $"{FunctionVariables.BatchItemFailures} is not true in {qualifier}, where it cannot be changed any more: one failed record "
                + "fails its whole batch. Set it in the function, publish a version, and let the alias point to it.");
        }

        return fixedOnes.Length == 0
            ? new ReportingPlan(true, true, silent, null)
            : new ReportingPlan(true, false, [], $"{FunctionVariables.BatchItemFailures} stays off, and one failed record fails its whole batch: the event source mapping of {Names(fixedOnes)} "
                + "does not have ReportBatchItemFailures, and would take the function's answer for success.");
    }

    /// <summary>Whether the event source mapping asks which records failed.</summary>
    public static bool Reports(EventSourceMappingConfiguration eventSourceMapping) => eventSourceMapping.FunctionResponseTypes?.Contains(ResponseType) == true;

    /// <summary>Whether the function answers which records failed, according to its variable.</summary>
    public static bool IsOn(IReadOnlyDictionary<string, string> variables) =>
        variables.TryGetValue(FunctionVariables.BatchItemFailures, out string? value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the code is certainly not FanOut's, judged by its runtime: FanOut runs on provided.…, on dotnet… or in a container, the original on
    /// nodejs….
    /// </summary>
    public static bool IsForeign(FunctionConfiguration function) =>
        function.Runtime is { Length: > 0 } runtime
        && !runtime.StartsWith("provided", StringComparison.Ordinal) && !runtime.StartsWith("dotnet", StringComparison.Ordinal);

    // https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html: streams and queues.
    private static bool CanReport(EventSourceMappingConfiguration eventSourceMapping) =>
        EventSource.Describe(EventSource.Of(eventSourceMapping)).Kind is "Kinesis" or "DynamoDB" or "sqs";

    private static string Names(IEnumerable<EventSourceMappingConfiguration> eventSourceMappings) =>
        string.Join(", ", eventSourceMappings.Select(static m => m.EventSourceArn ?? m.UUID));
}
