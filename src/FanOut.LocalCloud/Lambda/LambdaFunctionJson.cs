using System.Globalization;
using System.Text.Json;

namespace FanOut.LocalCloud.Lambda;

/// <summary>Writes a function as a FunctionConfiguration (https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html).</summary>
internal static class LambdaFunctionJson
{
    /// <summary>Writes the members of the object.</summary>
    public static void Write(Utf8JsonWriter json, FunctionView view)
    {
        WriteCommon(json, view);
        if (view.Revision.IsPending)
        {
            json.WriteString("State", "Pending");
            json.WriteString("StateReason", "The function is being created.");
            json.WriteString("StateReasonCode", "Creating");
            return;
        }

        json.WriteString("State", "Active");
        json.WriteString("LastUpdateStatus", view.Revision.Status);
        if (view.Revision.Status == FunctionRevision.InProgress)
        {
            json.WriteString("LastUpdateStatusReason", "The function is being created.");
            json.WriteString("LastUpdateStatusReasonCode", "Creating");
        }
    }

    /// <summary>Writes the members for ListFunctions, which has no states.</summary>
    public static void WriteCommon(Utf8JsonWriter json, FunctionView view)
    {
        var (function, revision) = (view.Function, view.Revision);
        var configuration = revision.Configuration;
        json.WriteString("FunctionName", function.Name);
        json.WriteString("FunctionArn", view.Arn);
        json.WriteString("Runtime", configuration.Runtime);
        json.WriteString("Role", configuration.Role ?? DefaultRole(function.Arn));
        json.WriteString("Handler", configuration.Handler);
        json.WriteNumber("CodeSize", view.Code.Size);
        json.WriteString("Description", configuration.Description);
        json.WriteNumber("Timeout", (int)configuration.Timeout.TotalSeconds);
        json.WriteNumber("MemorySize", configuration.MemorySize);
        json.WriteString("LastModified", revision.LastModified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture));
        json.WriteString("CodeSha256", view.Code.Sha256);
        json.WriteString("Version", view.Version);
        WriteEnvironment(json, configuration);
        json.WriteString("RevisionId", revision.Id);
        json.WriteString("PackageType", "Zip");
        json.WriteStartArray("Architectures");
        json.WriteStringValue(configuration.Architecture);
        json.WriteEndArray();
        WriteOthers(json, function, configuration);
    }

    // A function without variables has no member Environment.
    private static void WriteEnvironment(Utf8JsonWriter json, LambdaFunctionConfiguration configuration)
    {
        if (configuration.KmsKeyArn is { } key)
        {
            json.WriteString("KMSKeyArn", key);
        }

        if (configuration.Environment.Count == 0)
        {
            return;
        }

        json.WriteStartObject("Environment");
        json.WriteStartObject("Variables");
        foreach (var (name, value) in configuration.Environment)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteOthers(Utf8JsonWriter json, LambdaFunction function, LambdaFunctionConfiguration configuration)
    {
        foreach (var (name, otherwise) in ((string, string)[])[
            ("TracingConfig", "{\"Mode\":\"PassThrough\"}"),
            ("EphemeralStorage", "{\"Size\":512}"),
            ("SnapStart", "{\"ApplyOn\":\"None\",\"OptimizationStatus\":\"Off\"}"),
            ("LoggingConfig", $"{{\"LogFormat\":\"Text\",\"LogGroup\":\"/aws/lambda/{function.Name}\"}}")])
        {
            if (!configuration.Others.ContainsKey(name))
            {
                json.WritePropertyName(name);
                json.WriteRawValue(otherwise);
            }
        }

        foreach (var (name, value) in configuration.Others)
        {
            json.WritePropertyName(name);
            if (name == "Layers")
            {
                WriteLayers(json, value);
            }
            else
            {
                value.WriteTo(json);
            }
        }
    }

    // Requests have layers as ARNs, answers as objects.
    private static void WriteLayers(Utf8JsonWriter json, JsonElement arns)
    {
        json.WriteStartArray();
        foreach (var arn in arns.EnumerateArray())
        {
            json.WriteStartObject();
            json.WriteString("Arn", arn.GetString());
            json.WriteNumber("CodeSize", 1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string DefaultRole(string functionArn) =>
        $"arn:{ArnText.Part(functionArn, 1)}:iam::{ArnText.Part(functionArn, 4)}:role/{DestinationName.Short(functionArn)}";
}
