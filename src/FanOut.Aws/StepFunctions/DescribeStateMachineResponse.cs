using Amazon.Runtime;

namespace FanOut.Aws.StepFunctions;

/// <summary>A state machine, without its definition.</summary>
public sealed class DescribeStateMachineResponse : AmazonWebServiceResponse
{
    /// <summary>Its ARN.</summary>
    public string? StateMachineArn { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary><c>ACTIVE</c> or <c>DELETING</c>.</summary>
    public string? Status { get; set; }

    /// <summary><c>STANDARD</c> or <c>EXPRESS</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The key of AWS KMS that it is encrypted with; null: one of AWS's own.</summary>
    public string? KmsKeyId { get; set; }
}
