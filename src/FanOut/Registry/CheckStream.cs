using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Registry;

/// <summary>Checks new settings against the table whose stream is the source.</summary>
internal static class CheckStream
{
    /// <summary>Checks whether the stream carries the images that the view shows.</summary>
    /// <param name="mapping">The mapping, as it is to be.</param>
    /// <param name="streamed">The table; null: the source is no stream of a table, or it may not be seen.</param>
    /// <param name="repair">The command that lets the target show what needs no image.</param>
    /// <returns>A warning, if some of its records will fail; null: none.</returns>
    /// <exception cref="FanOutException">The stream never carries what the view shows.</exception>
    public static string? ImagesOf(Mapping mapping, StreamedTable? streamed, string repair)
    {
        if (streamed is null || StreamImages.FindMissing(mapping, streamed.StreamViewType) is not { } missing)
        {
            return null;
        }

        return StreamImages.IsNeverThere(streamed.StreamViewType, mapping.View)
            ? throw FanOutError.InvalidSettings(mapping.Id, $"{missing}. Give -View record, which needs no image, or {StreamImages.OtherStream}", "View")
            : $"The target '{mapping.Id}' will not get all records: {missing}. Show what needs no image ({repair}), or {StreamImages.OtherStream}";
    }

    /// <summary>Checks that a name is that of the table's hash key.</summary>
    /// <exception cref="FanOutException">It is not.</exception>
    public static void HashKey(Mapping mapping, StreamedTable? streamed)
    {
        if (streamed is not null && mapping.HashKey is { } name && name != streamed.HashKeyName)
        {
            throw FanOutError.InvalidSettings(mapping.Id, $"{MappingAttributes.HashKey} '{name}' is not the hash key of the table, which is '{streamed.HashKeyName}'", "HashKey");
        }
    }
}
