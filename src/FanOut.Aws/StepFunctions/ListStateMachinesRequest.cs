namespace FanOut.Aws.StepFunctions;

/// <summary>Asks for a page of the region's state machines.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html</remarks>
public sealed class ListStateMachinesRequest
{
    /// <summary>How many a page may have, up to 1,000. Default: 100.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Where the page begins, from the page before; null: the first.</summary>
    public string? NextToken { get; set; }
}
