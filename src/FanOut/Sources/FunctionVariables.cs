namespace FanOut.Sources;

/// <summary>The function's environment variables that the module knows; Function/FunctionSettings.cs reads them.</summary>
internal static class FunctionVariables
{
    /// <summary>The table of mappings.</summary>
    public const string Table = "FANOUT_TABLE";

    /// <summary>
    /// Whether the function answers which records failed instead of failing the invocation. Only true where every event source mapping
    /// that calls the function has ReportBatchItemFailures: one without would take the answer for success, and the records would be lost.
    /// </summary>
    public const string BatchItemFailures = "FANOUT_BATCH_ITEM_FAILURES";

    /// <summary>Where metrics go: cloudwatch (the default), emf or none.</summary>
    public const string Metrics = "FANOUT_METRICS";

    /// <summary>What the names of the function's own variables begin with.</summary>
    public const string Prefix = "FANOUT_";
}
