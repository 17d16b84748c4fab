namespace FanOut.Aws.Lambda;

/// <summary>One filter of an event source mapping.</summary>
public sealed class Filter
{
    /// <summary>The pattern, as JSON text.</summary>
    /// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax</remarks>
    public string? Pattern { get; set; }
}
