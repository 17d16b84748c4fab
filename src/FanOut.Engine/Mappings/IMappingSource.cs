namespace FanOut.Engine.Mappings;

/// <summary>Where mappings come from.</summary>
public interface IMappingSource
{
    /// <summary>Reads all rows of a source.</summary>
    /// <param name="sourceArn">The source's ARN, without a consumer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The rows; none at all is an answer, not an error.</returns>
    /// <exception cref="MappingsUnavailableException">The rows cannot be read: nothing is known about the source's mappings.</exception>
    Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken);

    /// <summary>
    /// Says that what was read may be out of date, because a target is out of reach for good: it may have been unregistered, and its permission with it.
    /// </summary>
    /// <param name="sourceArn">The source's ARN, without a consumer.</param>
    void Invalidate(string sourceArn)
    {
    }
}
