namespace FanOut.Aws.Kinesis;

/// <summary>A stream, in a list.</summary>
public sealed class StreamSummary
{
    /// <summary>Its name.</summary>
    public string? StreamName { get; set; }

    /// <summary>Its ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary><c>CREATING</c>, <c>ACTIVE</c>, <c>UPDATING</c> or <c>DELETING</c>.</summary>
    public string? StreamStatus { get; set; }

    /// <summary>How its capacity is given.</summary>
    public StreamModeDetails? StreamModeDetails { get; set; }
}
