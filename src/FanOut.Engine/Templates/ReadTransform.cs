using System.Text.Json;
using FanOut.Engine.Events;

namespace FanOut.Engine.Templates;

/// <summary>Reads a transform's JSON, and says what is wrong with it.</summary>
/// <remarks>The limits are those of EventBridge: <see href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html"/>.</remarks>
internal sealed class ReadTransform(SourceKind? kind, string sourceArn, string id)
{
    /// <summary>How long a template may be, in characters.</summary>
    public const int MaxTemplate = 8_192;

    /// <summary>How many paths <c>inputPathsMap</c> may have.</summary>
    public const int MaxPaths = 100;

    // What is tried first is the template by itself.
    private const string Form = "A template stands in an object, as a string: {\"inputTemplate\":\"{\\\"order\\\":<data.id>}\"}, in PowerShell @{ inputTemplate = '{\"order\":<data.id>}' }";

    private const string PathsMap = "inputPathsMap";
    private const string Template = "inputTemplate";

    /// <summary>Reads a transform.</summary>
    /// <exception cref="InvalidTransformException">It is none.</exception>
    public RecordTransform Read(string text)
    {
        var variables = new ReadVariables(kind, sourceArn, id);
        string? template = null;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            foreach (JsonProperty property in Fields(document.RootElement, "it"))
            {
                if (!names.Add(property.Name))
                {
                    throw new InvalidTransformException($"has '{property.Name}' twice");
                }

                // As EventBridge's API writes it, so that a rule's transformer can be taken over: with a capital letter.
                switch (property.Name)
                {
                    case PathsMap or "InputPathsMap":
                        ReadPaths(property.Value, variables);
                        break;
                    case Template or "InputTemplate":
                        template = Text(property.Value, Template);
                        break;
                    default:
                        throw new InvalidTransformException($"has '{property.Name}'; it has {PathsMap}, if it needs it, and {Template}. {Form}");
                }
            }
        }
        catch (JsonException e)
        {
            throw new InvalidTransformException($"is not JSON: {e.Message.TrimEnd('.')}. {Form}");
        }
        catch (InvalidOperationException)
        {
            throw new InvalidTransformException("is not JSON: half a surrogate pair is escaped in it");
        }

        if (string.IsNullOrWhiteSpace(template) || template.Length > MaxTemplate)
        {
            throw new InvalidTransformException(
                template is { Length: > MaxTemplate } ? $"has an {Template} of {template.Length} characters, {MaxTemplate} are allowed" : $"has no {Template}, which says what the target gets");
        }

        IReadOnlyList<TemplatePart> parts = new ReadTemplate(template, variables).Read(out bool isJson);
        return Of(text, isJson, parts, variables);
    }

    /// <summary>Reads a template that is text, without a transform's JSON around it.</summary>
    /// <param name="template">The template.</param>
    /// <param name="mayBeConstant">Whether it may be the same for all records.</param>
    /// <exception cref="InvalidTransformException">It asks for what there is not.</exception>
    public RecordTransform ReadText(string template, bool mayBeConstant)
    {
        if (template.Length > MaxTemplate)
        {
            throw new InvalidTransformException($"has {template.Length} characters, {MaxTemplate} are allowed");
        }

        var variables = new ReadVariables(kind, sourceArn, id) { HasNames = false };
        IReadOnlyList<TemplatePart> parts = new ReadTemplate(template, variables).ReadAsText();
        return mayBeConstant || variables.Values.Count > 0
            ? Of(template, isJson: false, parts, variables)
            : throw new InvalidTransformException("has no value of the record in it, such as <data.id>: all records would have the same");
    }

    private RecordTransform Of(string text, bool isJson, IReadOnlyList<TemplatePart> parts, ReadVariables variables) =>
        new(text, variables.UsesMapping ? $"{text}\0{id}" : text, isJson, parts, variables.Values, variables.Roots);

    private static void ReadPaths(JsonElement json, ReadVariables variables)
    {
        int count = 0;
        foreach (JsonProperty path in Fields(json, PathsMap))
        {
            if (++count > MaxPaths)
            {
                throw new InvalidTransformException($"has more than {MaxPaths} paths in {PathsMap}");
            }

            variables.Define(path.Name, Text(path.Value, $"{PathsMap}.{path.Name}"));
        }
    }

    private static JsonElement.ObjectEnumerator Fields(JsonElement json, string what) => json.ValueKind == JsonValueKind.Object
        ? json.EnumerateObject()
        : throw new InvalidTransformException($"is no input transformer: {what} must be an object");

    private static string Text(JsonElement json, string what) => json.ValueKind == JsonValueKind.String
        ? json.GetString()!
        : throw new InvalidTransformException($"is no input transformer: {what} must be a string");
}
