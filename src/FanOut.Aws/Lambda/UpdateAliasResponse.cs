namespace FanOut.Aws.Lambda;

/// <summary>The changed alias.</summary>
public sealed class UpdateAliasResponse : AliasConfiguration;
