using FanOut.Engine.Mappings;

namespace FanOut.Destinations;

/// <summary>A destination as the user named it.</summary>
/// <param name="Type">The type of target.</param>
/// <param name="Text">The name, or the destination in full.</param>
/// <param name="Index">For es, if the text is a domain's name or endpoint: the index; null otherwise.</param>
internal sealed record DestinationQuery(TargetType Type, string Text, string? Index)
{
    /// <summary>Whether the text is the destination itself, so that nothing has to be looked up.</summary>
    public bool IsInFull => Type switch
    {
        TargetType.Sqs => Arn.Looks(Text) || IsUrl,
        TargetType.Es => HasHash || (Index is not null && IsHost),
        TargetType.Iot => HasHash,
        TargetType.Memcached or TargetType.Redis => IsHost || Text.Contains(':', StringComparison.Ordinal),
        TargetType.Lambda => Arn.Looks(Text) || Text.Contains(":function:", StringComparison.Ordinal),
        TargetType.Http => true,
        _ => Arn.Looks(Text),
    };

    /// <summary>The destination in full, as the table has it.</summary>
    public string InFull => Type == TargetType.Es && !HasHash ? $"{Text}#{Index}" : Text;

    private bool HasHash => Text.Contains('#', StringComparison.Ordinal);

    private bool IsUrl => Text.Contains("://", StringComparison.Ordinal);

    private bool IsHost => IsUrl || Text.Contains('.', StringComparison.Ordinal);
}
