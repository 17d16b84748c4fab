namespace FanOut.Engine.Transform;

/// <summary>What the data of a record turned out to hold.</summary>
internal enum RecordContent
{
    /// <summary>The record's own data, unpacked where it was packed.</summary>
    Whole,

    /// <summary>Other records, perhaps none.</summary>
    SubRecords,

    /// <summary>Nothing that can be read.</summary>
    Broken,
}
