using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.DesiredState.Sections;
using FanOut.Engine.Settings;
using FanOut.Sources;

namespace FanOut.DesiredState.Export;

/// <summary>Writes what is there as the file of a desired state. What has its default is left out, but for whether targets and sources are switched on.</summary>
internal static class WriteState
{
    private const string Plain = "${", Escaped = "$${";

    // Kept by the cmdlets themselves, or a parameter of its own.
    private static readonly string[] Kept = [FunctionVariables.Table, FunctionVariables.Metrics, FunctionVariables.BatchItemFailures];

    private static readonly ConnectionSettings Defaults = new();

    /// <summary>The file's text, without a line feed at its end.</summary>
    public static string Of(ExportedState state)
    {
        JsonObject file = new() { ["$schema"] = ProjectAddress.Schema };
        if (state.Function is { } function)
        {
            file["Function"] = Function(state, function);
            file["Sources"] = new JsonArray([.. state.Sources.Select(s => (JsonNode)Source(state, s))]);
        }

        file["Targets"] = new JsonArray([.. state.Targets.Select(t => (JsonNode)Target(state, t))]);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            file.WriteTo(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray()).ReplaceLineEndings("\n");
    }

    private static JsonObject Function(ExportedState state, ExportedFunction function)
    {
        Dictionary<string, string> variables = state.Variables.Where(static v => v.Key.StartsWith(FunctionSettings.Prefix, StringComparison.Ordinal) && !Kept.Contains(v.Key)).ToDictionary();
        return Object(
            (nameof(FunctionPart.FunctionName), Text(function.Name)),
            (nameof(FunctionPart.TableName), function.Table == function.Name + "Targets" ? null : Text(function.Table)),
            (nameof(FunctionPart.Alias), Text(function.Alias)),
            (nameof(FunctionPart.Role), function.Role == function.Name + "Role" ? null : Text(function.Role)),
            (nameof(FunctionPart.Subnet), List(function.Configuration.VpcConfig?.SubnetIds)),
            (nameof(FunctionPart.SecurityGroup), List(function.Configuration.VpcConfig?.SecurityGroupIds)),
            (nameof(FunctionPart.MemorySize), function.Configuration.MemorySize),
            (nameof(FunctionPart.Timeout), function.Configuration.Timeout),
            (nameof(FunctionPart.Architecture), Text(function.Configuration.Architectures is [var first, ..] ? first : null)),
            (nameof(FunctionPart.Environment), Texts(variables)),
            (nameof(FunctionPart.Tag), Texts(function.Tags)),
            (nameof(FunctionPart.KmsKeyArn), Text(function.Configuration.KMSKeyArn)),
            (nameof(FunctionPart.LogRetentionDays), function.LogRetentionDays),
            (nameof(FunctionPart.Metrics), Text(state.Variables.GetValueOrDefault(FunctionVariables.Metrics)?.ToLowerInvariant())),
            (nameof(FunctionPart.ReservedConcurrency), function.ReservedConcurrency));
    }

    private static JsonObject Source(ExportedState state, FanOutSource source)
    {
        bool isTopic = source.SourceType == nameof(SourceType.SNS);
        JsonObject json = Named(state, source.SourceArn, source.ConsumerArn);
        foreach ((string name, JsonNode? value) in new (string, JsonNode?)[]
        {
            (nameof(SourcePart.StartingPosition), source.StartingPosition?.ToString()),
            (nameof(SourcePart.StartingPositionTimestamp), source.StartingPositionTimestamp?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            (nameof(SourcePart.BatchSize), source.BatchSize == Defaults.BatchSize ? null : source.BatchSize),
            (nameof(SourcePart.BatchingWindow), source.BatchingWindow == Defaults.BatchingWindow ? null : Duration(source.BatchingWindow)),
            (nameof(SourcePart.ParallelizationFactor), source.ParallelizationFactor is 1 ? null : source.ParallelizationFactor),
            (nameof(SourcePart.OnFailureDestination), Text(source.OnFailureDestination)),
            (nameof(SourcePart.MaximumRetryAttempts), !isTopic && source.MaximumRetryAttempts == Defaults.MaximumRetryAttempts ? null : source.MaximumRetryAttempts),
            (nameof(SourcePart.MaximumRecordAge), !isTopic && source.MaximumRecordAge == Defaults.MaximumRecordAge ? null : Duration(source.MaximumRecordAge)),
            (nameof(SourcePart.Suspended), source.State is "Disabled" or "Disabling"),
        })
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return json;
    }

    private static JsonObject Target(ExportedState state, FanOutTarget target)
    {
        JsonObject json = [];
        foreach (string name in SectionParameters.Of(SectionParameters.Target))
        {
            if (name == nameof(FanOutTarget.SourceArn))
            {
                if (state.Sources is not [var only] || only.SourceArn != target.SourceArn)
                {
                    foreach ((string part, JsonNode? value) in Named(state, target.SourceArn, null).ToArray())
                    {
                        json[part] = value?.DeepClone();
                    }
                }
            }
            else if (typeof(FanOutTarget).GetProperty(name) is { } property && !Equals(property.GetValue(target), DefaultOf(property, target)))
            {
                json[name] = property.GetValue(target) switch
                {
                    string text when name is nameof(FanOutTarget.Filter) or nameof(FanOutTarget.Transform) or nameof(FanOutTarget.MessageAttribute) => JsonNode.Parse(text.Replace(Plain, Escaped, StringComparison.Ordinal)),
                    bool flag => flag,
                    int number => number,
                    var other => Text($"{other}"),
                };
            }
        }

        return json;
    }

    // Whether it is switched on is always written: by that a later plan shows who has switched it.
    private static object? DefaultOf(PropertyInfo property, FanOutTarget target) => property.Name switch
    {
        nameof(FanOutTarget.Enabled) => null,
        nameof(FanOutTarget.Collapse) => "JSON",
        nameof(FanOutTarget.View) => "newImage",
        nameof(FanOutTarget.Unpack) => "none",
        nameof(FanOutTarget.Parallel) => true,
        nameof(FanOutTarget.OnFailure) => target.DeadLetter is null ? "block" : "deadLetter",
        _ => property.PropertyType == typeof(bool) ? false : null,
    };

    private static JsonObject Named(ExportedState state, string sourceArn, string? consumerArn) =>
        consumerArn is null && state.Names.TryGetValue(sourceArn, out (string Name, string Type) known)
            ? new JsonObject { ["Source"] = Text(known.Name), ["SourceType"] = known.Type }
            : new JsonObject { [nameof(FanOutSource.SourceArn)] = Text(consumerArn ?? sourceArn) };

    private static JsonNode? Duration(TimeSpan? duration) => duration is not { } span ? null
        : span < TimeSpan.FromMinutes(1) ? (JsonNode)(int)span.TotalSeconds
        : span.ToString("c", CultureInfo.InvariantCulture);

    // What looks like a place to be filled is not one.
    private static JsonNode? Text(string? text) => string.IsNullOrEmpty(text) ? null : text.Replace(Plain, Escaped, StringComparison.Ordinal);

    private static JsonArray? List(IReadOnlyList<string>? texts) => texts is { Count: > 0 } ? new JsonArray([.. texts.Order(StringComparer.Ordinal).Select(Text)]) : null;

    private static JsonObject? Texts(IReadOnlyDictionary<string, string> texts) =>
        texts.Count == 0 ? null : new JsonObject(texts.OrderBy(static t => t.Key, StringComparer.Ordinal).Select(static t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value.Replace(Plain, Escaped, StringComparison.Ordinal))));

    private static JsonObject Object(params (string Name, JsonNode? Value)[] members) =>
        new(members.Where(static m => m.Value is not null).Select(static m => KeyValuePair.Create(m.Name, m.Value)));
}
