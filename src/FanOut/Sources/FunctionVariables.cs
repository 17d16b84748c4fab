using FanOut.Engine.Settings;

namespace FanOut.Sources;

/// <summary>Environment variables of the function that the module sets or shows; the function reads all of them in <see cref="FunctionSettings"/>.</summary>
internal static class FunctionVariables
{
    /// <summary>The table of mappings.</summary>
    public const string Table = "FANOUT_TABLE";

    /// <summary>
    /// Whether the function answers which records failed instead of failing the invocation. Only true where every event source mapping
    /// that calls the function has ReportBatchItemFailures: one without would take the answer for success, and the records would be lost.
    /// </summary>
    public const string BatchItemFailures = "FANOUT_BATCH_ITEM_FAILURES";

    /// <summary>Where metrics go: emf (the default), cloudwatch or none.</summary>
    public const string Metrics = "FANOUT_METRICS";
}
