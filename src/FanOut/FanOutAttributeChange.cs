namespace FanOut;

/// <summary>An attribute that is another than it is to be.</summary>
public sealed class FanOutAttributeChange
{
    /// <summary>Its name: that of the parameter.</summary>
    public required string Name { get; init; }

    /// <summary>What it is; null: it is not set. Of a secret: stars.</summary>
    public object? Old { get; init; }

    /// <summary>What it is to be; null: it is not to be set. Of a secret: stars.</summary>
    public object? New { get; init; }

    /// <summary>The attribute as in <c>Collapse JSON → none</c>.</summary>
    public override string ToString() => (Old, New) switch
    {
        (null, null) => Name,
        (null, _) => $"{Name} {New}",
        (_, null) => $"{Name} {Old} → not set",
        _ => $"{Name} {Old} → {New}",
    };
}
