namespace FanOut.Engine.Mappings;

/// <summary>All rows of one source.</summary>
/// <param name="Mappings">The mappings, active or not, in the order of their ids.</param>
/// <param name="Invalid">The rows that are not valid mappings. While one of them is active, the source's records count as failed.</param>
public sealed record MappingSet(IReadOnlyList<Mapping> Mappings, IReadOnlyList<InvalidMapping> Invalid)
{
    /// <summary>The error of the last attempt to read the table, if this is an older copy therefore; null: it is fresh.</summary>
    public Exception? Stale { get; init; }
}
