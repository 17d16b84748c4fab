namespace FanOut.Engine.DeadLetters;

/// <summary>Which function writes the envelopes.</summary>
/// <param name="FunctionName">Its name.</param>
/// <param name="FunctionVersion">Its version, as in <c>AWS_LAMBDA_FUNCTION_VERSION</c>; null: it is not known.</param>
public sealed record Origin(string FunctionName, string? FunctionVersion = null);
