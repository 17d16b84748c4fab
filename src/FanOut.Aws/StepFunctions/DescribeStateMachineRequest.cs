namespace FanOut.Aws.StepFunctions;

/// <summary>Asks for a state machine.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html</remarks>
public sealed class DescribeStateMachineRequest
{
    /// <summary>The ARN of the state machine, or of a version of it; not of an alias.</summary>
    public required string StateMachineArn { get; set; }
}
