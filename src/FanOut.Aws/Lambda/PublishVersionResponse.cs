namespace FanOut.Aws.Lambda;

/// <summary>The version, in <see cref="FunctionConfiguration.Version"/>, with its settings.</summary>
public sealed class PublishVersionResponse : FunctionConfiguration;
