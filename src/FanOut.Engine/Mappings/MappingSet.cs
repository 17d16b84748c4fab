namespace FanOut.Engine.Mappings;

/// <summary>All rows of one source.</summary>
/// <param name="Mappings">The mappings, active or not, in the order of their ids.</param>
/// <param name="Invalid">The rows that are none. As long as one of them is active, the source's records are not all delivered.</param>
public sealed record MappingSet(IReadOnlyList<Mapping> Mappings, IReadOnlyList<InvalidMapping> Invalid)
{
    /// <summary>Why this is an older copy: the error of the last attempt to read the table. <see langword="null"/>: it is not.</summary>
    public Exception? Stale { get; init; }
}
