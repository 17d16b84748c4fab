namespace FanOut.Engine.Mappings;

/// <summary>A row of the table that is not a mapping.</summary>
/// <param name="SourceArn">The row's hash key; empty when the row has none.</param>
/// <param name="Id">The row's range key; empty when the row has none.</param>
/// <param name="Reason">Each attribute that is wrong, its value without secrets, and what is allowed.</param>
/// <param name="Active">
/// false if the row says that it is inactive: then nothing is lost. A row of which that is not certain counts as active, so that
/// its records are not taken for delivered.
/// </param>
public sealed record InvalidMapping(string SourceArn, string Id, string Reason, bool Active)
{
    /// <summary>
    /// If the row is invalid because its records would come back for ever: why they would; null: it is invalid for another
    /// reason.
    /// </summary>
    public string? Loop { get; init; }

    /// <summary>The names of the attributes that are wrong, in the order of the reason.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The row and the reason, as one line.</summary>
    public override string ToString() => $"mapping '{Id}' of {SourceArn}: {Reason}";
}
