namespace FanOut.Engine.Templates;

/// <summary>Where in a template something stands, which decides how a value is written.</summary>
internal enum Place : byte
{
    /// <summary>In JSON, outside strings: as JSON, <c>null</c> if it is missing.</summary>
    Json,

    /// <summary>In a string of JSON: text without quotes, escaped; nothing if it is missing.</summary>
    JsonString,

    /// <summary>In text: as it is, without quotes and escapes; nothing if it is missing.</summary>
    Text,
}
