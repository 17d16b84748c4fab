using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.Help.Cmdlets;

namespace FanOut.Help.Output;

/// <summary>Writes the schema of desired states: the names are those of parameters, and what they take and what they mean is said by their documentation.</summary>
/// <remarks>Draft 7 of JSON Schema is the one that editors know: https://json-schema.org/draft-07</remarks>
internal static class Schema
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What is another in a file than where it is typed.
    private static readonly Dictionary<string, string> Others = new()
    {
        ["Enabled"] = "Whether the target gets records. Left out: a new target gets them, and one that is there stays as it was switched.",
        ["Suspended"] = "Whether the source rests. Left out: a new source is read, and one that is there stays as it was switched.",
        ["Alias"] = "An alias of the function, which is set to its newest version and through which the sources call it.",
        ["OnFailureDestination"] = "A queue by its name, which is looked up, or the ARN of a queue, a topic or a bucket, that is told of the records that Lambda drops. Left out: what is set stays.",
        ["Source"] = "The name of the source: of a Kinesis stream, of the table whose DynamoDB stream it is, or of an SNS topic.",
        ["SourceArn"] = "The ARN of the source, or of a stream's consumer, in place of its name.",
    };

    /// <summary>Writes the file.</summary>
    public static void Write(IReadOnlyList<Cmdlet> cmdlets, IReadOnlyDictionary<string, IReadOnlyList<string>> sections, string file) => File.WriteAllText(file, Text(cmdlets, sections));

    /// <summary>The file's text.</summary>
    /// <param name="cmdlets">The cmdlets.</param>
    /// <param name="sections">The names of each section: Function, Source, Target.</param>
    public static string Text(IReadOnlyList<Cmdlet> cmdlets, IReadOnlyDictionary<string, IReadOnlyList<string>> sections)
    {
        JsonObject function = Section(sections["Function"], Of("Publish-FanOutFunction"));
        JsonObject source = Section(sections["Source"], Of("Connect-FanOutSource"));
        JsonObject target = Section(sections["Target"], Of("Register-FanOutTarget"));
        source["anyOf"] = new JsonArray(Required("Source"), Required("SourceArn"));
        target["required"] = new JsonArray("Id", "Type", "Destination");
        JsonObject root = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["$id"] = $"{Of("Sync-FanOutTarget").OnlinePage.Split("/blob/")[0]}/raw/main/FanOut.schema.json",
            ["title"] = "Desired state of a FanOut function",
            ["description"] = "What Sync-FanOutTarget makes so, and Export-FanOutTarget writes. A section that is left out is left alone. In texts ${env:NAME} and ${param:NAME} stand for values, $${ for ${.",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject
            {
                ["$schema"] = new JsonObject { ["type"] = "string", ["description"] = "The address of this schema, for editors." },
                ["Function"] = With(function, "The function: parameters of Publish-FanOutFunction. What is left out stays as it is."),
                ["Sources"] = List(source, "The sources that are connected: parameters of Connect-FanOutSource. What is left out has its default, but for the on-failure destination, which stays."),
                ["Targets"] = List(target, "The targets: parameters of Register-FanOutTarget. What is left out has its default. A target that names no source belongs to the only one of Sources."),
            },
        };
        return root.ToJsonString(Options).ReplaceLineEndings("\n") + "\n";

        Cmdlet Of(string name) => cmdlets.Single(c => c.Name == name);
    }

    private static JsonObject Section(IReadOnlyList<string> names, Cmdlet cmdlet) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(names.Select(n => KeyValuePair.Create(n, (JsonNode?)Property(cmdlet.Parameters.Single(p => p.Name == n))))),
    };

    private static JsonObject Property(Parameter parameter)
    {
        JsonObject type = parameter switch
        {
            { Name: "Filter" or "Transform" } => Types("object", "string"),
            { Name: "Subnet" or "SecurityGroup" or "ResourceKmsKeyArn" } => new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = Types("string") },
            { Type: "IDictionary" } => new JsonObject { ["type"] = "object", ["additionalProperties"] = Types("string", "number", "boolean", "null") },
            { Type: "SwitchParameter" } => Filled("boolean"),
            { Type: "Int32" } => Filled("integer"),
            { Type: "TimeSpan" } => Types("integer", "string"),
            { Values.Count: > 0 } => new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = new JsonArray([.. parameter.Values.Select(static v => (JsonNode)v)]) }, Place()) },
            _ => Types("string"),
        };
        return With(type, Others.GetValueOrDefault(parameter.Name) ?? string.Join(' ', parameter.Text));
    }

    // A value that is put in from outside stands in a text.
    private static JsonObject Filled(string type) => new() { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = type }, Place()) };

    private static JsonObject Place() => new() { ["type"] = "string", ["pattern"] = "\\$\\{(env|param):" };

    private static JsonObject Types(params string[] types) => new() { ["type"] = types is [var only] ? only : new JsonArray([.. types.Select(static t => (JsonNode)t)]) };

    private static JsonObject List(JsonObject items, string description) => new() { ["description"] = description, ["type"] = "array", ["items"] = items };

    private static JsonObject Required(string name) => new() { ["required"] = new JsonArray(name) };

    private static JsonObject With(JsonObject schema, string description)
    {
        JsonObject described = new() { ["description"] = description };
        foreach ((string name, JsonNode? value) in schema.ToArray())
        {
            schema.Remove(name);
            described[name] = value;
        }

        return described;
    }
}
