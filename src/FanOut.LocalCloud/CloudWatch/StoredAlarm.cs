using System.Text.Json;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>An alarm as it was put. It never goes off.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Settings">What was sent last.</param>
/// <param name="Tags">Its tags.</param>
public sealed record StoredAlarm(string Arn, JsonElement Settings, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Its name.</summary>
    public string Name => Settings.GetProperty("AlarmName").GetString()!;
}
