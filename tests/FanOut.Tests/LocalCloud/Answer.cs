using System.Text.Json;
using System.Xml.Linq;

namespace FanOut.Tests.LocalCloud;

/// <summary>What the stand-in answered.</summary>
internal sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The error's name, wherever the protocol puts it.</summary>
    public string? Error => Text.StartsWith('<') ? Xml("Code") : (Headers.GetValueOrDefault("x-amzn-ErrorType")
        ?? (Json.TryGetProperty("__type", out JsonElement type) ? type.GetString() : null))?.Split('#')[^1];

    /// <summary>The text of the first XML element of this name.</summary>
    public string? Xml(string name) => XDocument.Parse(Text).Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
}
