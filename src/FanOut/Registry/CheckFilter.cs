using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Registry;

/// <summary>Checks a new filter for what no record of its source can ever match.</summary>
/// <remarks>Only new ones: an old row may have such a filter; the function goes on filtering its records out, and says so in its log.</remarks>
internal static class CheckFilter
{
    /// <summary>Checks the filter of a mapping.</summary>
    /// <param name="mapping">The mapping, as it is to be.</param>
    /// <param name="streamed">The table whose stream the source is; null: it is not, or may not be seen.</param>
    /// <returns>A warning, if an alternative of the filter's <c>$or</c> can never match; null: none.</returns>
    /// <exception cref="FanOutException">The whole filter can never match.</exception>
    public static string? Of(Mapping mapping, StreamedTable? streamed) =>
        mapping.Filter?.FindUnmatchable(mapping.SourceArn, streamed?.StreamViewType) switch
        {
            null => null,
            { IsWhole: true } whole => throw FanOutError.InvalidSettings(
                mapping.Id, $"{MappingAttributes.Filter} can never match a record of {mapping.SourceArn}: {whole.Reason}", "Filter"),
            { } part => $"The filter of the target '{mapping.Id}' has an alternative of $or that can never match: {part.Reason}.",
        };
}
