using FanOut.Engine.Mappings;

namespace FanOut.Local;

/// <summary>Mappings that are known already, whatever source is asked for.</summary>
/// <param name="mappings">The mappings.</param>
internal sealed class FixedMappings(IReadOnlyList<Mapping> mappings) : IMappingSource
{
    /// <inheritdoc/>
    public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) =>
        Task.FromResult(new MappingSet([.. mappings.Select(m => m with { SourceArn = sourceArn, Active = true })], []));
}
