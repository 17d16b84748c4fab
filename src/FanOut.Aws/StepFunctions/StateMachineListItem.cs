namespace FanOut.Aws.StepFunctions;

/// <summary>A state machine of a list.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StateMachineListItem.html</remarks>
public sealed class StateMachineListItem
{
    /// <summary>Its ARN.</summary>
    public string? StateMachineArn { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary><c>STANDARD</c> or <c>EXPRESS</c>.</summary>
    public string? Type { get; set; }
}
