using System.Text.Json.Nodes;

namespace FanOut.Deployment.Templates;

/// <summary>Makes the parts of a template: intrinsic functions, lists, tags.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html</remarks>
internal static class TemplateJson
{
    /// <summary>The value of a parameter, or the name or ARN of a resource.</summary>
    public static JsonObject Ref(string id) => new() { ["Ref"] = id };

    /// <summary>An attribute of a resource.</summary>
    public static JsonObject Attribute(string id, string attribute) => new() { ["Fn::GetAtt"] = new JsonArray(id, attribute) };

    /// <summary>A text in which <c>${…}</c> are parameters and attributes.</summary>
    public static JsonObject Text(string text) => new() { ["Fn::Sub"] = text };

    /// <summary>A value that a property only has if a condition is true.</summary>
    public static JsonObject If(string condition, JsonNode value) => new() { ["Fn::If"] = new JsonArray(condition, value, Ref("AWS::NoValue")) };

    /// <summary>A list of texts; null if it is empty, so that the property is left out.</summary>
    public static JsonArray? List(IEnumerable<string>? texts) => texts?.Select(static t => (JsonNode)t).ToArray() is { Length: > 0 } nodes ? new JsonArray(nodes) : null;

    /// <summary>Tags, in the order of their keys.</summary>
    public static JsonArray Tags(IReadOnlyDictionary<string, string> tags) =>
        new([.. tags.OrderBy(static t => t.Key, StringComparer.Ordinal).Select(static t => (JsonNode)new JsonObject { ["Key"] = t.Key, ["Value"] = t.Value })]);

    /// <summary>An object of the properties that have a value.</summary>
    public static JsonObject Object(params (string Name, JsonNode? Value)[] properties)
    {
        JsonObject json = [];
        foreach ((string name, JsonNode? value) in properties)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return json;
    }
}
