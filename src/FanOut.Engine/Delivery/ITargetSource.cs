using FanOut.Engine.Mappings;

namespace FanOut.Engine.Delivery;

/// <summary>Where the targets of mappings come from.</summary>
public interface ITargetSource
{
    /// <summary>The target of a mapping, and what is known of it.</summary>
    ActiveTarget TargetOf(Mapping mapping);

    /// <summary>Closes the targets of a source's mappings that are no more.</summary>
    Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings);
}
