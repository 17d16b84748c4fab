using System.Text;
using System.Text.Json;

namespace FanOut.Aws.Protocols;

/// <summary>Words of services out of an answer's JSON, whatever is in them: what cannot be read of a message must not cost what the answer says.</summary>
internal static class JsonStrings
{
    /// <summary>The string at which the reader stands; empty where it is none.</summary>
    /// <remarks>Half a surrogate pair (<c>"\ud83d"</c>), or bytes that are not UTF-8, are no string to <see cref="Utf8JsonReader"/>: they are shown as they came.</remarks>
    public static string Text(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return "";
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
