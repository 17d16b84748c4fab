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

    /// <summary>Whether a view has nothing to show of a record although there is something.</summary>
    public static bool IsMissing(in StreamRecord record, View view) => view switch
    {
        View.NewImage => record.Data.IsEmpty && record.Change != ChangeKind.Remove,
        View.OldImage => record.OldImage.IsEmpty && record.Change != ChangeKind.Insert,
        View.Both => record.Data.IsEmpty && record.OldImage.IsEmpty,
        _ => false,
    };

    /// <summary>Why there is nothing to show, and what to do.</summary>
    public static string ReasonOf(in StreamRecord record, View view)
    {
        string image = view switch { View.NewImage => "new image", View.OldImage => "old image", _ => "image" };
        string stream = EventFacts.Of(record).StreamViewType is { } type ? $"its table's stream has the view type {type}" : "the event does not say which view type its table's stream has";
        return $"The record has no {image}, which the mapping's view {MappingText.Of(view)} sends: {stream}. {StreamImages.Remedy}";
    }
}
