using System.Text;

namespace FanOut.LocalCloud.S3;

/// <summary>An object in a bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="ContentType">Its media type, as it was put.</param>
/// <param name="At">When it was put.</param>
public sealed record S3Object(string Key, ReadOnlyMemory<byte> Data, string ContentType, DateTimeOffset At)
{
    /// <summary>The bytes read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Data.Span);

    /// <summary>The lines, for objects with one JSON document per line.</summary>
    public IReadOnlyList<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal string ETag { get; } = $"\"{Wire.Checksum.Md5Hex(Data.Span)}\"";
}
