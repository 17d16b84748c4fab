namespace FanOut.Aws.Sns;

/// <summary>A topic.</summary>
public sealed class Topic
{
    /// <summary>Its ARN.</summary>
    public string? TopicArn { get; set; }
}
