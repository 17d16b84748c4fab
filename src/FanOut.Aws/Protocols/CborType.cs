namespace FanOut.Aws.Protocols;

/// <summary>The major types of CBOR: <see href="https://www.rfc-editor.org/rfc/rfc8949#section-3.1"/></summary>
internal enum CborType
{
    /// <summary>A number from zero.</summary>
    Number = 0,

    /// <summary>A number below zero.</summary>
    Negative = 1,

    /// <summary>A byte string.</summary>
    Bytes = 2,

    /// <summary>UTF-8 text.</summary>
    Text = 3,

    /// <summary>An array.</summary>
    Array = 4,

    /// <summary>A map.</summary>
    Map = 5,

    /// <summary>A tag before a value.</summary>
    Tag = 6,

    /// <summary>False, true, null, a fraction, or the end of something without a length.</summary>
    Other = 7,
}
