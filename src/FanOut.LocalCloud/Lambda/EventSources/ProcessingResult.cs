namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>The values of <c>LastProcessingResult</c> in Lambda's API.</summary>
internal static class ProcessingResult
{
    public const string Ok = "OK";
    public const string NoRecords = "No records processed";
    public const string Failed = "PROBLEM: Function call failed";
}
