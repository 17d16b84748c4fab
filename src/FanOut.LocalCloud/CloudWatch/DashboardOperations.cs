using System.Collections.Concurrent;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>Dashboards, whose bodies are checked as far as they are documented, in the JSON protocol alone.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html</remarks>
internal sealed class DashboardOperations
{
    private const int MostWidgets = 500;
    private const int Columns = 24;

    private readonly ConcurrentDictionary<(string AccountId, string Name), string> _bodies = new();

    public IReadOnlyDictionary<string, string> All => _bodies.ToDictionary(static b => b.Key.Name, static b => b.Value);

    public HttpResponse Put(ServiceCall call)
    {
        string name = MetricFields.RequiredText(call.Json, "DashboardName"), body = MetricFields.RequiredText(call.Json, "DashboardBody");
        if (name.Length > 255 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw MetricFields.Invalid($"The value {name} for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).");
        }

        if (FindProblem(body) is { } problem)
        {
            throw new ServiceException("DashboardInvalidInputError", $"The dashboard body is invalid: {problem}") { QueryCode = "InvalidParameterInput" };
        }

        _bodies[(call.AccountId, name)] = body;
        return JsonAnswer.Of(static json =>
        {
            json.WriteStartArray("DashboardValidationMessages");
            json.WriteEndArray();
        });
    }

    public void Put(string accountId, string name, string body) => _bodies[(accountId, name)] = body;

    public HttpResponse Get(ServiceCall call)
    {
        string name = MetricFields.RequiredText(call.Json, "DashboardName");
        string body = _bodies.GetValueOrDefault((call.AccountId, name)) ?? throw NotFound(name);
        return JsonAnswer.Of(json =>
        {
            json.WriteString("DashboardArn", ArnOf(call.AccountId, name));
            json.WriteString("DashboardBody", body);
            json.WriteString("DashboardName", name);
        });
    }

    public HttpResponse Delete(ServiceCall call)
    {
        string[] names = [.. call.Json.Items("DashboardNames").Select(static n => n.GetString()!)];
        if (names.FirstOrDefault(n => !_bodies.ContainsKey((call.AccountId, n))) is { } missing)
        {
            throw NotFound(missing);
        }

        foreach (string name in names)
        {
            _bodies.TryRemove((call.AccountId, name), out _);
        }

        return JsonAnswer.Empty;
    }

    /// <summary>What of a body is not as it is documented; null: all is.</summary>
    internal static string? FindProblem(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement[] widgets = [.. document.RootElement.GetProperty("widgets").EnumerateArray()];
            return widgets.Length > MostWidgets ? $"/widgets has more than {MostWidgets}" : widgets.Select(FindProblem).FirstOrDefault(static p => p is not null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return e.Message;
        }
    }

    private static string? FindProblem(JsonElement widget, int number)
    {
        string place = $"/widgets/{number}";
        JsonElement properties = widget.GetProperty("properties");
        int x = Whole("x"), width = Whole("width");
        return x < 0 || width < 1 || x + width > Columns ? $"{place} is wider than {Columns} columns"
            : Whole("y") < 0 || Whole("height") is < 1 or > 1000 ? $"{place}/height must be 1 to 1000"
            : widget.GetProperty("type").GetString() switch
            {
                "text" => properties.GetProperty("markdown").GetString() is { Length: > 0 } ? null : $"{place}/properties/markdown is empty",
                "alarm" => properties.GetProperty("alarms").GetArrayLength() is >= 1 and <= 100 && properties.GetProperty("alarms").EnumerateArray().All(static a => a.GetString()!.StartsWith("arn:", StringComparison.Ordinal))
                    ? null : $"{place}/properties/alarms must have 1 to 100 ARNs",
                "metric" => properties.GetProperty("region").GetString() is not { Length: > 0 } ? $"{place}/properties/region is required"
                    : properties.GetProperty("metrics").EnumerateArray().All(IsMetric) ? null : $"{place}/properties/metrics has an element that is neither a metric nor an expression",
                var other => $"{place}/type {other} is not one",
            };

        int Whole(string name) => widget.GetProperty(name).GetInt32();
    }

    // ["namespace", "name", "dimension", "value" …, {"stat":"Sum"}] or [{"expression":"…","id":"e1"}]
    private static bool IsMetric(JsonElement metric)
    {
        JsonElement[] parts = [.. metric.EnumerateArray()];
        JsonElement[] texts = [.. parts.TakeWhile(static p => p.ValueKind == JsonValueKind.String)];
        return parts is [{ ValueKind: JsonValueKind.Object } only] ? only.Text("expression") is { Length: > 0 }
            : texts.Length >= 2 && texts.Length % 2 == 0 && parts.Skip(texts.Length).All(static p => p.ValueKind == JsonValueKind.Object) && parts.Length - texts.Length <= 1;
    }

    private static string ArnOf(string accountId, string name) => ArnText.Of("cloudwatch", "", accountId, $"dashboard/{name}");

    private static ServiceException NotFound(string name) => new("DashboardNotFoundError", $"Dashboard {name} does not exist", 404) { QueryCode = "ResourceNotFound" };
}
