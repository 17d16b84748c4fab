using FanOut.Aws.Lambda;

namespace FanOut.Sources;

/// <summary>How a new event source mapping and its function agree on ReportBatchItemFailures.</summary>
/// <remarks>
/// The one state that loses records is a function that answers which records failed (FANOUT_BATCH_ITEM_FAILURES=true) under a mapping
/// that does not ask for it. So mappings get it first, all of them, and the variable last. A mapping that asks a function which does not
/// answer loses nothing: that function fails the whole batch.
/// </remarks>
/// <param name="Report">Whether the new mapping has ReportBatchItemFailures.</param>
/// <param name="SetVariable">Whether the function's variable is to be set.</param>
/// <param name="Upgrade">Mappings that get ReportBatchItemFailures before that.</param>
/// <param name="Warning">What the user must know; none: all is as it should be.</param>
internal sealed record ReportingPlan(bool Report, bool SetVariable, IReadOnlyList<EventSourceMappingConfiguration> Upgrade, string? Warning)
{
    /// <summary>What a mapping has that asks for failed records.</summary>
    public const string ResponseType = "ReportBatchItemFailures";

    /// <summary>Makes the plan.</summary>
    /// <param name="function">The function, or the alias or version, that is connected.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="qualifier">The alias or version; none: the function itself.</param>
    /// <param name="others">The mappings that call it already, with whatever alias or version.</param>
    public static ReportingPlan Of(
        FunctionConfiguration function, IReadOnlyDictionary<string, string> variables, string? qualifier, IEnumerable<EventSourceMappingConfiguration> others)
    {
        if (IsForeign(function))
        {
            return new ReportingPlan(
                false,
                false,
                [],
                $"The function has the runtime {function.Runtime}, so it is not FanOut's: it does not say which records failed, and one failed record fails its whole batch.");
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

    /// <summary>Whether the mapping asks which records failed.</summary>
    public static bool Reports(EventSourceMappingConfiguration mapping) => mapping.FunctionResponseTypes?.Contains(ResponseType) == true;

    /// <summary>Whether the variable says that the function answers which records failed; the function reads it so.</summary>
    public static bool IsOn(IReadOnlyDictionary<string, string> variables) =>
        variables.TryGetValue(FunctionVariables.BatchItemFailures, out string? value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the program is surely not FanOut's: it runs on provided.…, on dotnet… or in a container, the original on nodejs….</summary>
    public static bool IsForeign(FunctionConfiguration function) =>
        function.Runtime is { Length: > 0 } runtime
        && !runtime.StartsWith("provided", StringComparison.Ordinal) && !runtime.StartsWith("dotnet", StringComparison.Ordinal);

    // https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html: streams and queues.
    private static bool CanReport(EventSourceMappingConfiguration mapping) => EventSource.Describe(EventSource.Of(mapping)).Kind is "Kinesis" or "DynamoDB" or "sqs";

    private static string Names(IEnumerable<EventSourceMappingConfiguration> mappings) => string.Join(", ", mappings.Select(static m => m.EventSourceArn ?? m.UUID));
}
