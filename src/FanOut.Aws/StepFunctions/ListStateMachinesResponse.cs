using Amazon.Runtime;

namespace FanOut.Aws.StepFunctions;

/// <summary>A page of state machines.</summary>
public sealed class ListStateMachinesResponse : AmazonWebServiceResponse
{
    /// <summary>The state machines.</summary>
    public List<StateMachineListItem>? StateMachines { get; set; }

    /// <summary>What the next page begins with; null: there is none.</summary>
    public string? NextToken { get; set; }
}
