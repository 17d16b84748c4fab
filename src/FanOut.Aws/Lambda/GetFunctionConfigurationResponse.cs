namespace FanOut.Aws.Lambda;

/// <summary>A function's settings.</summary>
public sealed class GetFunctionConfigurationResponse : FunctionConfiguration;
