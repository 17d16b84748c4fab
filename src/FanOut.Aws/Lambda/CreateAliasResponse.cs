namespace FanOut.Aws.Lambda;

/// <summary>The new alias.</summary>
public sealed class CreateAliasResponse : AliasConfiguration;
