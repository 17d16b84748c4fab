using FanOut.Engine.Mappings;

namespace FanOut.Tests.Progress.Play;

/// <summary>A table of mappings that changes at will.</summary>
internal sealed class ChangingMappings : IMappingSource
{
    public List<Mapping> All { get; init; } = [];

    public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) => Task.FromResult(new MappingSet([.. All], []));

    public void Invalidate(string sourceArn)
    {
    }
}
