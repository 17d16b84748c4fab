namespace FanOut.Aws.StepFunctions;

/// <summary>Starts an execution of a state machine.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html</remarks>
public sealed class StartExecutionRequest
{
    /// <summary>The ARN of the state machine, or of a version or an alias of it.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>The execution's name, UTF-8: at most 80 characters.</summary>
    public ReadOnlyMemory<byte> Name { get; init; }

    /// <summary>Its input: JSON, UTF-8, at most 262,144 bytes.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }
}
