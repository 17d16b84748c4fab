using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FanOut.Engine.Batching;

namespace FanOut.DeadLetters;

/// <summary>Writes into an envelope that it was sent again, and why it failed again. What else it says stays.</summary>
internal static class RewriteLetter
{
    private static readonly string[] Changed = ["class", "code", "reason", "requestId", "attempts", "firstAttempt", "lastAttempt"];

    // A line must not become longer for characters that JSON does not need escaped.
    private static readonly JsonWriterOptions AsBefore = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The envelope's line.</summary>
    /// <param name="outcome">What became of it; it failed.</param>
    /// <param name="now">The time.</param>
    public static string Of(LetterOutcome outcome, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(outcome.Letter.Body, LetterData.Depth);
        var line = new ArrayBufferWriter<byte>(outcome.Letter.Body.Length + 256);
        using (var json = new Utf8JsonWriter(line, AsBefore))
        {
            json.WriteStartObject();
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                // Data comes last, as the function writes it.
                if (property.Name is "data" or "dataOmitted")
                {
                    Write(json, document.RootElement, outcome.Failure!, outcome.Attempts, now);
                }

                if (!Changed.Contains(property.Name))
                {
                    property.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, JsonElement before, Failure failure, int attempts, DateTimeOffset now)
    {
        string time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json.WriteString("class", failure.Class.ToString());
        json.WriteString("code", failure.Code);
        json.WriteString("reason", failure.Reason);
        if (failure.RequestId is { Length: > 0 } id)
        {
            json.WriteString("requestId", id);
        }

        json.WriteNumber("attempts", (before.Number("attempts") ?? 0) + attempts);
        json.WriteString("firstAttempt", before.Text("firstAttempt") ?? time);
        json.WriteString("lastAttempt", time);
    }
}
