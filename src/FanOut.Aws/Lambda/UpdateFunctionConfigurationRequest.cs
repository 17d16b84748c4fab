namespace FanOut.Aws.Lambda;

/// <summary>Changes a function's settings: those that are set here; null leaves a setting as it is.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html</remarks>
public sealed class UpdateFunctionConfigurationRequest : FunctionConfigurationSettings
{
    /// <summary>
    /// Only change the function if this is its revision; else the service refuses with <c>PreconditionFailedException</c>.
    /// </summary>
    public string? RevisionId { get; set; }
}
