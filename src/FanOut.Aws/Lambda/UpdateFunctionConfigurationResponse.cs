namespace FanOut.Aws.Lambda;

/// <summary>A function's settings after a change; in effect when <see cref="FunctionConfiguration.LastUpdateStatus"/> is <c>Successful</c>.</summary>
public sealed class UpdateFunctionConfigurationResponse : FunctionConfiguration;
