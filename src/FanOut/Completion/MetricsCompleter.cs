namespace FanOut.Completion;

/// <summary>Completes where the function's metrics go.</summary>
public sealed class MetricsCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("cloudwatch", "the function calls CloudWatch, the default"),
        new("emf", "into the function's log, from where CloudWatch takes them"),
        new("none", "no metrics of FanOut's own"),
    ];
}
