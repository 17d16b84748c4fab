using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.DeadLetters;

/// <summary>Where a letter is sent: the mappings as they are now.</summary>
/// <param name="SourceArn">The source.</param>
/// <param name="Id">The target's id; null: all targets of the source, because it is not known which lack the records.</param>
/// <param name="Mappings">The mappings.</param>
/// <param name="Problem">Why nothing can be sent; null: it can.</param>
internal sealed record LetterTarget(string SourceArn, string? Id, IReadOnlyList<Mapping> Mappings, FanOutException? Problem)
{
    /// <summary>As messages name it.</summary>
    public string Name => Id is { } id && Mappings is [var only] ? $"target '{id}' ({MappingText.Of(only.Type)} {only.Destination.Display})"
        : Id is { } named ? $"target '{named}'"
        : $"all {Mappings.Count} enabled targets of {SourceArn}";
}
