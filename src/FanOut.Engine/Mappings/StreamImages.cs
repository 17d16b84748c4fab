namespace FanOut.Engine.Mappings;

/// <summary>Which images a table's stream carries, by its <c>StreamViewType</c>, and whether that is what a mapping's view shows.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html</remarks>
public static class StreamImages
{
    /// <summary>What to do where a stream does not carry what a view shows.</summary>
    public const string Remedy = $"Set the mapping's view to record, which needs no image (Set-FanOutTarget -View record), or {OtherStream}";

    /// <summary>What else to do than to show what needs no image.</summary>
    public const string OtherStream =
        "give the table another stream: a stream's view type cannot be changed, so switch the stream off and on again with NEW_AND_OLD_IMAGES, "
        + "then connect the new one and register its targets.";

    /// <summary>
    /// Whether a mapping's view needs images: not if it is <c>record</c>, if its target gets the event's own records, or if a transform says what it gets, for
    /// which a missing image is nothing.
    /// </summary>
    public static bool AreNeeded(Mapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return mapping.View != View.Record && mapping.Transform is null && (mapping.Type != TargetType.Lambda || mapping.Passthrough);
    }

    /// <summary>
    /// Which images a mapping needs that the stream does not carry: a sentence without its subject and full stop; null: none, or its filter lets no record
    /// through that would need them.
    /// </summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="streamViewType"><c>KEYS_ONLY</c>, <c>NEW_IMAGE</c>, <c>OLD_IMAGE</c> or <c>NEW_AND_OLD_IMAGES</c>.</param>
    public static string? FindMissing(Mapping mapping, string streamViewType)
    {
        ArgumentNullException.ThrowIfNull(streamViewType);
        if (!AreNeeded(mapping) || (mapping.Filter is { } filter && !Array.Exists(EventsWithout(streamViewType, mapping.View), filter.MayMatch)))
        {
            return null;
        }

        string view = MappingText.Of(mapping.View);
        return IsNeverThere(streamViewType, mapping.View) ? $"its view is {view}, which a stream of the view type {streamViewType} never carries: its records fail"
            : (streamViewType, mapping.View) switch
            {
                ("NEW_IMAGE", View.Both) => $"its view is {view}, but a stream of the view type {streamViewType} carries no old images: records of changed and removed items fail",
                ("OLD_IMAGE", View.Both) => $"its view is {view}, but a stream of the view type {streamViewType} carries no new images: records of new and changed items fail",
                _ => null,
            };
    }

    /// <summary>Whether a stream carries no image that a view shows.</summary>
    /// <param name="streamViewType">The stream's view type.</param>
    /// <param name="view">The view.</param>
    public static bool IsNeverThere(string streamViewType, View view) => (streamViewType, view) switch
    {
        (_, View.Record) => false,
        ("KEYS_ONLY", _) => true,
        ("NEW_IMAGE", View.OldImage) or ("OLD_IMAGE", View.NewImage) => true,
        _ => false,
    };

    // Which records lack an image that exists: a removed item has no new one, and a new item no old one.
    private static string[] EventsWithout(string streamViewType, View view) => (streamViewType, view) switch
    {
        ("KEYS_ONLY", View.Both) => ["INSERT", "MODIFY", "REMOVE"],
        ("KEYS_ONLY" or "OLD_IMAGE", View.NewImage) => ["INSERT", "MODIFY"],
        ("KEYS_ONLY" or "NEW_IMAGE", View.OldImage) => ["MODIFY", "REMOVE"],
        ("NEW_IMAGE", View.Both) => ["REMOVE"],
        ("OLD_IMAGE", View.Both) => ["INSERT"],
        _ => [],
    };
}
