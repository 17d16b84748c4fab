using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Wire;

/// <summary>Answers whose body is JSON.</summary>
public static class JsonAnswer
{
    /// <summary>Like AWS, escapes only what JSON requires, not <c>+</c> and <c>&lt;</c>.</summary>
    internal static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An answer whose body is one object with the members that <paramref name="write"/> writes.</summary>
    /// <param name="write">Writes the object's members.</param>
    /// <param name="status">The HTTP status; 200 by default.</param>
    /// <param name="contentType">The content type; that of AWS JSON 1.0 by default, which readers of 1.1 accept as well.</param>
    public static HttpResponse Of(Action<Utf8JsonWriter> write, int status = 200, string contentType = "application/x-amz-json-1.0")
    {
        ArgumentNullException.ThrowIfNull(write);
        return HttpResponse.Bytes(status, contentType, Object(write));
    }

    /// <summary>One JSON object as UTF-8.</summary>
    /// <param name="write">Writes the object's members.</param>
    /// <param name="capacity">About how many bytes it will be; a good guess saves copying.</param>
    internal static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> write, int capacity = 256)
    {
        ArrayBufferWriter<byte> buffer = new(capacity);
        using (Utf8JsonWriter writer = new(buffer, Plain))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The answer of operations that return nothing.</summary>
    public static HttpResponse Empty => HttpResponse.Text(200, "application/x-amz-json-1.0", "{}");

    /// <summary>Seconds since 1970 with milliseconds, as AWS JSON writes a time.</summary>
    public static decimal EpochSeconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;
}
