namespace FanOut.LocalCloud.EventBridge;

/// <summary>An event bus.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Created">When it was made.</param>
public sealed record StoredEventBus(string Arn, DateTimeOffset Created)
{
    /// <summary>The bus's name.</summary>
    public string Name => Arn[(Arn.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
