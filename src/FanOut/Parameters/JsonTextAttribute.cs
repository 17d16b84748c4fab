using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace FanOut.Parameters;

/// <summary>Accepts JSON as text, or as a hashtable or an object, which is written as JSON.</summary>
/// <remarks>
/// The names of a hashtable, which has no order, are written sorted, but <c>$or</c> last: where it asks for a field that stands beside it too, the
/// later one counts in a pattern, and <c>$or</c> is the one that was meant. Ordered hashtables and objects keep their own order.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JsonTextAttribute : ArgumentTransformationAttribute
{
    private const int MaxDepth = 64;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = (inputData as PSObject)?.BaseObject ?? inputData;
        if (given is null or string)
        {
            return given;
        }

        if (given is not (IDictionary or PSCustomObject))
        {
            throw new ArgumentTransformationMetadataException($"It is neither JSON nor a hashtable but of the type {given.GetType().Name}: give a JSON object as text, a hashtable or an object.");
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, inputData, 0);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentTransformationMetadataException($"It is nested deeper than {MaxDepth} levels.");
        }

        object? bare = (value as PSObject)?.BaseObject ?? value;
        switch (bare)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or System.Numerics.BigInteger:
                json.WriteRawValue(Number((IFormattable)bare));
                break;
            case DateTime or DateTimeOffset:
                // As JSON had it before ConvertFrom-Json made a time of the text, and as ConvertTo-Json writes it.
                json.WriteStringValue(((IFormattable)bare).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
                break;
            case char or Enum or Guid or TimeSpan or Uri or Version:
                json.WriteStringValue($"{bare}");
                break;
            case Hashtable table:
                WriteObject(json, table.Cast<DictionaryEntry>().Select(static e => ($"{e.Key}", e.Value)).OrderBy(static e => e.Item1 == "$or").ThenBy(static e => e.Item1, StringComparer.Ordinal), depth);
                break;
            case IDictionary ordered:
                WriteObject(json, ordered.Cast<DictionaryEntry>().Select(static e => ($"{e.Key}", e.Value)), depth);
                break;
            case PSCustomObject:
                WriteObject(json, ((PSObject)value!).Properties.Select(static p => (p.Name, (object?)p.Value)), depth);
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (object? item in list)
                {
                    Write(json, item, depth + 1);
                }

                json.WriteEndArray();
                break;
            case { } other:
                throw new ArgumentTransformationMetadataException($"What is of the type {other.GetType().Name} cannot be written as JSON: give texts, times, numbers, $true, $false, $null, lists and hashtables of them.");
        }
    }

    private static void WriteObject(Utf8JsonWriter json, IEnumerable<(string Name, object? Value)> properties, int depth)
    {
        json.WriteStartObject();
        foreach ((string name, object? value) in properties)
        {
            json.WritePropertyName(name);
            Write(json, value, depth + 1);
        }

        json.WriteEndObject();
    }

    private static string Number(IFormattable number)
    {
        string text = number.ToString(number is float or double ? "R" : null, CultureInfo.InvariantCulture);
        return char.IsAsciiDigit(text[^1]) ? text : throw new ArgumentTransformationMetadataException($"JSON has no number {text}.");
    }
}
