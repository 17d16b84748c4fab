namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>The words of <c>LastProcessingResult</c>, as Lambda's API has them.</summary>
internal static class ProcessingResult
{
    public const string Ok = "OK";
    public const string NoRecords = "No records processed";
    public const string Failed = "PROBLEM: Function call failed";
}
