using FanOut.Engine.Events;
using FanOut.Engine.Mappings;

namespace FanOut.Registry;

/// <summary>Finds indexes that get a document without content of each removed item: they delete nothing, and the new image is what their documents are.</summary>
internal static class EmptyDocument
{
    /// <summary>A warning; null: there is no such document, or the filter lets no removal through.</summary>
    /// <param name="mapping">The mapping, as it is to be.</param>
    public static string? Of(Mapping mapping) =>
        mapping is { Type: TargetType.Es, View: View.NewImage, Transform: null, DeletesRemoved: false }
            && (mapping.RecordFormat == RecordFormat.DynamoDbChanges || SourceArn.IsOf(SourceKind.DynamoDb, mapping.SourceArn))
            && mapping.Filter?.MayMatch("REMOVE") != false
            ? $"The target '{mapping.Id}' makes an empty document, {{}}, of each removed item: with {Why(mapping)} nothing is deleted, and a removed item has no new image. "
                + """Give -View record or oldImage, or leave removals out: -Filter '{"eventName":["INSERT","MODIFY"]}'."""
            : null;

    private static string Why(Mapping mapping) =>
        mapping.DocumentId != DocumentId.Key ? $"-DocumentId {MappingText.Of(mapping.DocumentId)}" : $"-DocumentAction {MappingText.Of(mapping.DocumentAction)}";
}
