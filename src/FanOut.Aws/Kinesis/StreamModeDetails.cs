namespace FanOut.Aws.Kinesis;

/// <summary>How a stream's capacity is given.</summary>
public sealed class StreamModeDetails
{
    /// <summary><c>PROVISIONED</c> or <c>ON_DEMAND</c>.</summary>
    public string? StreamMode { get; set; }
}
