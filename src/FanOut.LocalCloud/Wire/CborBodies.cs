using System.Formats.Cbor;
using System.Text.Json;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Wire;

/// <summary>
/// Kinesis in CBOR, the protocol of the AWS SDK for Java: the members of AWS JSON 1.1, but bytes as they are. Requests become JSON when they arrive, and
/// answers CBOR when they leave.
/// </summary>
/// <remarks>Answers have no lengths, as AWS's have none. How times look is not confirmed: they are numbers here, as in JSON.</remarks>
internal static class CborBodies
{
    private const string Type = "application/x-amz-cbor-1.1";

    /// <summary>Whether a request is in CBOR.</summary>
    public static bool Has(HttpRequest request) => request.Header("Content-Type")?.StartsWith(Type, StringComparison.Ordinal) == true;

    /// <summary>The request in JSON.</summary>
    /// <exception cref="ServiceException">SerializationException: it is not CBOR.</exception>
    public static HttpRequest ToJson(HttpRequest request)
    {
        try
        {
            var reader = new CborReader(request.Body, CborConformanceMode.Lax);
            using var json = new MemoryStream(request.Body.Length);
            using (var writer = new Utf8JsonWriter(json, JsonAnswer.Plain))
            {
                Copy(reader, writer);
            }

            return reader.BytesRemaining == 0
                ? request with { Body = json.ToArray() }
                : throw new ServiceException("SerializationException", "There is something behind the CBOR of the body.");
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or ArgumentException)
        {
            throw new ServiceException("SerializationException", $"The body is not CBOR: {e.Message}");
        }
    }

    /// <summary>The answer in CBOR; one whose body is not JSON stays as it is.</summary>
    public static HttpResponse Of(HttpResponse response)
    {
        try
        {
            var writer = new CborWriter(CborConformanceMode.Lax);
            using var json = JsonDocument.Parse(response.Body);
            Copy(json.RootElement, writer, isBytes: false);
            HttpResponse answer = response with { Body = writer.Encode(), Headers = new Dictionary<string, string>(response.Headers, StringComparer.OrdinalIgnoreCase) };
            answer.Headers["Content-Type"] = Type;
            return answer;
        }
        catch (JsonException)
        {
            return response;
        }
    }

    private static void Copy(CborReader reader, Utf8JsonWriter json)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                json.WriteStartObject();
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap)
                {
                    json.WritePropertyName(reader.ReadTextString());
                    Copy(reader, json);
                }

                reader.ReadEndMap();
                json.WriteEndObject();
                break;
            case CborReaderState.StartArray:
                json.WriteStartArray();
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                {
                    Copy(reader, json);
                }

                reader.ReadEndArray();
                json.WriteEndArray();
                break;
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                json.WriteBase64StringValue(reader.ReadByteString());
                break;
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                json.WriteStringValue(reader.ReadTextString());
                break;
            case CborReaderState.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                json.WriteNumberValue(reader.ReadInt64());
                break;
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                json.WriteNumberValue(reader.ReadDouble());
                break;
            case CborReaderState.Tag:
                reader.ReadTag();
                Copy(reader, json);
                break;
            default:
                reader.SkipValue();
                json.WriteNullValue();
                break;
        }
    }

    private static void Copy(JsonElement value, CborWriter cbor, bool isBytes)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                cbor.WriteStartMap(null);
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    cbor.WriteTextString(member.Name);
                    Copy(member.Value, cbor, isBytes: member.Name == "Data");
                }

                cbor.WriteEndMap();
                break;
            case JsonValueKind.Array:
                cbor.WriteStartArray(null);
                foreach (JsonElement element in value.EnumerateArray())
                {
                    Copy(element, cbor, isBytes: false);
                }

                cbor.WriteEndArray();
                break;
            case JsonValueKind.String when isBytes:
                cbor.WriteByteString(value.GetBytesFromBase64());
                break;
            case JsonValueKind.String:
                cbor.WriteTextString(value.GetString()!);
                break;
            case JsonValueKind.Number when value.TryGetInt64(out long number):
                cbor.WriteInt64(number);
                break;
            case JsonValueKind.Number:
                cbor.WriteDouble(value.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                cbor.WriteBoolean(value.GetBoolean());
                break;
            default:
                cbor.WriteNull();
                break;
        }
    }
}
