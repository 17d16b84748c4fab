using System.Text.Json.Serialization;

namespace FanOut.Local.Replays;

/// <summary>How checkpoints look as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReplayCheckpoint))]
internal sealed partial class CheckpointJson : JsonSerializerContext
{
}
