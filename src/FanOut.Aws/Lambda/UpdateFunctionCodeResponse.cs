namespace FanOut.Aws.Lambda;

/// <summary>A function's settings with its new package; in effect when <see cref="FunctionConfiguration.LastUpdateStatus"/> is <c>Successful</c>.</summary>
public sealed class UpdateFunctionCodeResponse : FunctionConfiguration;
