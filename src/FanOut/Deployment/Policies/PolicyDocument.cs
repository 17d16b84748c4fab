using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FanOut.Deployment.Policies;

/// <summary>A policy in IAM's JSON. The same statements give the same text, byte for byte.</summary>
/// <remarks>See <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"/>.</remarks>
/// <param name="Statements">The statements.</param>
internal sealed record PolicyDocument(IReadOnlyList<Statement> Statements)
{
    // The version of the policy language that has variables in resources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    private const string Version = "2012-10-17";

    private string? _json;

    /// <summary>The document for grants.</summary>
    public static PolicyDocument Of(IEnumerable<Grant> grants) => new(Statement.Of(grants));

    /// <summary>The text, indented, with line feeds as line ends on every platform.</summary>
    public string Json => _json ??= Write();

    /// <summary>Its length as IAM counts it: without white space.</summary>
    public int Size => Json.Count(static c => !char.IsWhiteSpace(c));

    private string Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("Version", Version);
            json.WriteStartArray("Statement");
            foreach (Statement statement in Statements)
            {
                Write(json, statement);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        // IAM accepts characters up to U+00FF only.
        return AsciiJson.Of(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, Statement statement)
    {
        json.WriteStartObject();
        json.WriteString("Sid", statement.Sid);
        json.WriteString("Effect", "Allow");
        if (statement.Principal is { } principal)
        {
            json.WriteStartObject("Principal");
            json.WriteString(principal.Kind, principal.Id);
            json.WriteEndObject();
        }

        Write(json, "Action", statement.Actions);
        if (statement.Resources.Count > 0)
        {
            Write(json, "Resource", statement.Resources);
        }

        if (statement.Condition is { } condition)
        {
            json.WriteStartObject("Condition");
            json.WriteStartObject(condition.Operator);
            Write(json, condition.Key, condition.Values);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
