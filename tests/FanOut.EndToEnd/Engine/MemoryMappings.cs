using FanOut.Engine.Mappings;

namespace FanOut.EndToEnd.Engine;

/// <summary>Mappings of a test.</summary>
internal sealed class MemoryMappings(params Mapping[] mappings) : IMappingSource
{
    public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) =>
        Task.FromResult(new MappingSet([.. mappings.Where(mapping => mapping.SourceArn == sourceArn)], []));
}
