namespace FanOut.Engine.Transform;

/// <summary>In which form a target wants a record's data.</summary>
public enum PayloadForm
{
    /// <summary>As it is, bytes or base64 text: for targets whose requests carry base64.</summary>
    AsIs,

    /// <summary>The bytes.</summary>
    Bytes,

    /// <summary>The record as it stands in the event, untouched.</summary>
    EventRecord,

    /// <summary>One JSON object per record, with its key, numbers and base64 data: what <c>passthrough</c> sends.</summary>
    Passthrough,
}
