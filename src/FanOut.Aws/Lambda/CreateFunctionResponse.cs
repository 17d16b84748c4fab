namespace FanOut.Aws.Lambda;

/// <summary>The new function; it can be invoked when its state is <c>Active</c>.</summary>
public sealed class CreateFunctionResponse : FunctionConfiguration;
