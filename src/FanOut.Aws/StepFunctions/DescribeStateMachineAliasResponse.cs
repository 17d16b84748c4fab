using Amazon.Runtime;

namespace FanOut.Aws.StepFunctions;

/// <summary>An alias of a state machine, without the versions that it routes to.</summary>
public sealed class DescribeStateMachineAliasResponse : AmazonWebServiceResponse
{
    /// <summary>Its ARN.</summary>
    public string? StateMachineAliasArn { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }
}
