namespace FanOut.LocalCloud.Logs;

/// <summary>A log group of CloudWatch Logs. Thread-safe.</summary>
public sealed class StoredLogGroup
{
    internal StoredLogGroup(string arn, DateTimeOffset created) => (Arn, Created) = (arn, created);

    /// <summary>The ARN, without <c>:*</c> at its end.</summary>
    public string Arn { get; }

    /// <summary>The name, for example <c>/aws/lambda/fanout</c>.</summary>
    public string Name => ArnText.Part(Arn, 5)["log-group:".Length..];

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>How many days events are kept; null for ever.</summary>
    public int? RetentionInDays { get; internal set; }

    /// <summary>The key that encrypts it; null for CloudWatch Logs' own.</summary>
    public string? KmsKeyId { get; internal set; }

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; internal set; } = new Dictionary<string, string>();

    /// <summary>What was logged.</summary>
    public Journal<LogEvent> Events { get; } = new();

    /// <summary>The lines, oldest first.</summary>
    public IReadOnlyList<string> Lines => [.. Events.Select(line => line.Message)];
}
