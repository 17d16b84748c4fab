namespace FanOut.Engine.Mappings;

/// <summary>A target's destination, parsed. One derived record per form.</summary>
/// <param name="Text">The text as it stands in the table.</param>
public abstract record Destination(string Text)
{
    /// <summary>The region that the destination itself names, or <see langword="null"/>.</summary>
    public virtual string? Region => null;
}
