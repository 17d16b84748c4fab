using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.Deployment.Policies;

namespace FanOut.Deployment.Templates;

/// <summary>Writes a template as text: in ASCII, with line feeds on every platform, without one at its end.</summary>
internal static class TemplateText
{
    /// <summary>The template in JSON.</summary>
    public static string Json(JsonObject template)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            template.WriteTo(writer);
        }

        return AsciiJson.Of(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
