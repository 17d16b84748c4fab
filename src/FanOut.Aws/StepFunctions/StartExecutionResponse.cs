using Amazon.Runtime;

namespace FanOut.Aws.StepFunctions;

/// <summary>An execution that was started, or that was running already under this name with this input.</summary>
public sealed class StartExecutionResponse : AmazonWebServiceResponse
{
    /// <summary>The execution's ARN; null: the answer does not name one, so nothing says that it was started.</summary>
    public string? ExecutionArn { get; internal set; }
}
