using System.Text.Json;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Iot;

/// <summary>Reads the user properties that Publish gives to a message of MQTT 5: a header, base64 of <c>[{"deviceName":"alpha"},{"deviceCnt":"45"}]</c>.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_Publish.html. What AWS answers to a header that is none of this could not be confirmed, nor how many bytes it takes; a refusal is what
/// keeps a fault from being overlooked.
/// </remarks>
internal static class ReadUserProperties
{
    private const string Header = "x-amz-mqtt5-user-properties";

    /// <summary>Those of a request, in their order.</summary>
    /// <exception cref="ServiceException">The header is no base64 of such an array.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(HttpRequest request)
    {
        if (request.Header(Header) is not { Length: > 0 } header)
        {
            return [];
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(Convert.FromBase64String(header));
            return [.. json.RootElement.EnumerateArray().Select(PropertyOf)];
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw Invalid("they are no base64 of a JSON array of objects");
        }
    }

    private static KeyValuePair<string, string> PropertyOf(JsonElement property)
    {
        if (property.EnumerateObject().ToArray() is not [{ Name.Length: > 0, Value: { ValueKind: JsonValueKind.String } text } only])
        {
            throw Invalid("each is an object with one name and one text");
        }

        // https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901010
        string value = text.GetString()!;
        return only.Name.Contains('\0', StringComparison.Ordinal) || value.Contains('\0', StringComparison.Ordinal)
            ? throw Invalid("MQTT allows no null characters")
            : new(only.Name, value);
    }

    private static ServiceException Invalid(string why) => new("InvalidRequestException", $"The user properties are not valid: {why}.");
}
