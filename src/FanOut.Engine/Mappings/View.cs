namespace FanOut.Engine.Mappings;

/// <summary>What of a DynamoDB record is sent; the table's <c>view</c> attribute.</summary>
public enum View
{
    /// <summary><c>newImage</c>, and the default: the item after the change; <c>{}</c> when the item was removed.</summary>
    NewImage,

    /// <summary><c>oldImage</c>: the item before the change; <c>{}</c> when there was none.</summary>
    OldImage,

    /// <summary><c>both</c>: <c>{"newImage":…,"oldImage":…}</c>, with the images that the stream delivers.</summary>
    Both,

    /// <summary><c>record</c>: event name, keys, images and sequence number.</summary>
    Record,
}
