namespace FanOut.Aws.Lambda;

/// <summary>Which share of an alias's invocations goes to another version.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_AliasRoutingConfiguration.html</remarks>
public sealed class AliasRoutingConfiguration
{
    /// <summary>A version and its share, 0 to 1; empty: all go to the alias's own version.</summary>
    public Dictionary<string, double>? AdditionalVersionWeights { get; set; }
}
