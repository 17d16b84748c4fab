namespace FanOut.Aws.Lambda;

/// <summary>An alias.</summary>
public sealed class GetAliasResponse : AliasConfiguration;
