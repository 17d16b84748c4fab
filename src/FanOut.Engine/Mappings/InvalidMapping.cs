namespace FanOut.Engine.Mappings;

/// <summary>A row of the table that is not a mapping.</summary>
/// <param name="SourceArn">The row's hash key; empty when the row has none.</param>
/// <param name="Id">The row's range key; empty when the row has none.</param>
/// <param name="Reason">Each attribute that is wrong, its value without secrets, and what is allowed.</param>
/// <param name="Active">
/// <see langword="false"/> when the row says that it is inactive, so that nothing is lost by it; a row that leaves this in doubt counts as
/// active, for its records must not be taken for delivered.
/// </param>
public sealed record InvalidMapping(string SourceArn, string Id, string Reason, bool Active)
{
    /// <summary>Why the records sent would come back for ever; <see langword="null"/>: that is not what is wrong.</summary>
    public string? Loop { get; init; }

    /// <summary>The row and the reason, as one line.</summary>
    public override string ToString() => $"mapping '{Id}' of {SourceArn}: {Reason}";
}
