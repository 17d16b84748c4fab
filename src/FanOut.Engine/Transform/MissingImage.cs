using FanOut.Engine.Events;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Transform;

/// <summary>Distinguishes an image that the stream does not carry from one that does not exist, so that no empty item is sent for the former.</summary>
/// <remarks>
/// A removed item has no new image and a new one no old image, whatever the stream. Any other image that is missing was left out by the stream's view type
/// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html).
/// </remarks>
internal static class MissingImage
{
    /// <summary>The failure code of a record that lacks the image which its mapping sends.</summary>
    public const string Code = "MissingImage";

    /// <summary>Whether a view shows an image that is there, but not in the record.</summary>
    public static bool IsMissing(in StreamRecord record, View view) => view switch
    {
        View.NewImage => IsNewMissing(record),
        View.OldImage => IsOldMissing(record),
        View.Both => IsNewMissing(record) || IsOldMissing(record),
        _ => false,
    };

    /// <summary>Why there is nothing to show, and what to do.</summary>
    /// <param name="record">The record.</param>
    /// <param name="view">The mapping's view.</param>
    /// <param name="isCarried">Whether a Kinesis stream carries the change: such streams have no view type.</param>
    public static string ReasonOf(in StreamRecord record, View view, bool isCarried)
    {
        // The same for all records of a stream and a view.
        string lacks = view switch { View.NewImage => "has no new image", View.OldImage => "has no old image", _ => "lacks an image" };
        if (isCarried)
        {
            return $"The record {lacks}, which the mapping's view {MappingText.Of(view)} sends, though DynamoDB streams both images to Kinesis. "
                + "Set the mapping's view to record, which needs no image (Set-FanOutTarget -View record), or look who else writes to the stream.";
        }

        string stream = EventFacts.Of(record).StreamViewType is { } type ? $"its table's stream has the view type {type}" : "the event does not say which view type its table's stream has";
        return $"The record {lacks}, which the mapping's view {MappingText.Of(view)} sends: {stream}. {StreamImages.Remedy}";
    }

    private static bool IsNewMissing(in StreamRecord record) => record.Data.IsEmpty && record.Change != ChangeKind.Remove;

    private static bool IsOldMissing(in StreamRecord record) => record.OldImage.IsEmpty && record.Change != ChangeKind.Insert;
}
