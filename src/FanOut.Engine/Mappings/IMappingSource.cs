namespace FanOut.Engine.Mappings;

/// <summary>Reads the mappings of a source: from the table, or from a cache before it.</summary>
public interface IMappingSource
{
    /// <summary>Where the rows stand, for messages: the table's name or ARN.</summary>
    string Table => "";

    /// <summary>Reads all rows of a source.</summary>
    /// <param name="sourceArn">The source's ARN, without a consumer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The rows; that there are none is not an error.</returns>
    /// <exception cref="MappingsUnavailableException">The rows cannot be read: nothing is known about the source's mappings.</exception>
    Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken);

    /// <summary>Reads all rows of a source as they are now: what was read before this call does not do.</summary>
    /// <param name="sourceArn">The source's ARN, without a consumer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MappingsUnavailableException">The rows cannot be read: nothing is known about the source's mappings.</exception>
    Task<MappingSet> ReadNowAsync(string sourceArn, CancellationToken cancellationToken) => ReadAsync(sourceArn, cancellationToken);

    /// <summary>
    /// Says that what was read may be out of date, because a target is denied or missing: it may have been unregistered, and its permission taken away.
    /// </summary>
    /// <param name="sourceArn">The source's ARN, without a consumer.</param>
    void Invalidate(string sourceArn)
    {
    }
}
