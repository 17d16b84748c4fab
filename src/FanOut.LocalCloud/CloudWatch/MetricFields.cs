using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>Reads fields that are numbers in the JSON protocol and text in the Query protocol.</summary>
internal static class MetricFields
{
    public static string RequiredText(JsonElement parent, string name) => parent.Text(name) ?? throw Missing(name);

    public static int RequiredNumber(JsonElement parent, string name) => parent.Field(name) is not { } value ? throw Missing(name)
        : int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw Invalid($"The value {value} for parameter {name} is not a whole number above 0.");

    public static DateTimeOffset RequiredTime(JsonElement parent, string name) => parent.Field(name) is { } value ? Time(value, name) : throw Missing(name);

    /// <summary>A time in seconds since 1970 or in ISO 8601.</summary>
    /// <exception cref="ServiceException">InvalidParameterValue: it is neither.</exception>
    public static DateTimeOffset Time(JsonElement value, string name) => Time(value.ToString(), name);

    /// <inheritdoc cref="Time(JsonElement, string)"/>
    public static DateTimeOffset Time(string text, string name) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds) ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw Invalid($"The value {text} for parameter {name} is not a timestamp.");

    public static ServiceException Invalid(string message) => Error("InvalidParameterValueException", "InvalidParameterValue", message);

    public static ServiceException Missing(string name) => Error("MissingRequiredParameterException", "MissingParameter", $"The parameter {name} is required.");

    public static ServiceException Combination(string message) => Error("InvalidParameterCombinationException", "InvalidParameterCombination", message);

    private static ServiceException Error(string code, string queryCode, string message) => new(code, message) { QueryCode = queryCode };
}
