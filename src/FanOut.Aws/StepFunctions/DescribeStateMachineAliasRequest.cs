namespace FanOut.Aws.StepFunctions;

/// <summary>Asks for an alias of a state machine.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineAlias.html</remarks>
public sealed class DescribeStateMachineAliasRequest
{
    /// <summary>The ARN of the alias.</summary>
    public required string StateMachineAliasArn { get; set; }
}
