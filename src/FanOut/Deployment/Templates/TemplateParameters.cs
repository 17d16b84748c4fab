using System.Text.Json.Nodes;
using FanOut.Deployment.Monitoring;
using FanOut.Engine.Settings;

namespace FanOut.Deployment.Templates;

/// <summary>The parameters of a template, and the conditions that they decide.</summary>
internal static class TemplateParameters
{
    /// <summary>The bucket of the package.</summary>
    public const string CodeBucket = nameof(CodeBucket);

    /// <summary>The key of the package in the bucket.</summary>
    public const string CodeKey = nameof(CodeKey);

    /// <summary>The version of that object.</summary>
    public const string CodeVersion = nameof(CodeVersion);

    /// <summary>The topic that alarms tell.</summary>
    public const string AlarmTopicArn = nameof(AlarmTopicArn);

    /// <summary>The age of records at which an alarm goes off.</summary>
    public const string IteratorAgeThreshold = nameof(IteratorAgeThreshold);

    /// <summary>Whether a version of the package is named.</summary>
    public const string HasCodeVersion = nameof(HasCodeVersion);

    /// <summary>Whether there is a topic for alarms.</summary>
    public const string HasAlarmTopic = nameof(HasAlarmTopic);

    /// <summary>The parameters.</summary>
    public static JsonObject Of(FunctionStack stack, TemplateOptions options)
    {
        string package = PackageOf(stack);
        JsonObject parameters = new()
        {
            [CodeBucket] = Parameter("String", $"The S3 bucket, in {stack.Facts.Function.Region}, that holds FanOut's package {package}", options.CodeBucket),
            [CodeKey] = Parameter("String", $"The key of the package {package} in the bucket", options.CodeKey ?? package),
            [CodeVersion] = Parameter("String", "The version of that object, in a bucket with versions; empty: the newest, of which CloudFormation does not notice a change", options.CodeVersion ?? ""),
        };
        if (options.HasAlarms)
        {
            parameters[AlarmTopicArn] = Parameter("String", "ARN of the SNS topic that alarms tell; empty: none", options.AlarmTopicArn ?? "");
            if (stack.Connections.Streams.Count > 0)
            {
                parameters[IteratorAgeThreshold] = Parameter(
                    "Number", "How old the last record of a batch may be, in milliseconds, before an alarm goes off: half of the age at which records are dropped, at most an hour",
                    FunctionAlarms.DefaultAge(stack.Connections.Streams.Select(static s => s.Request.MaximumRecordAgeInSeconds)));
            }
        }

        foreach ((string name, string id) in VariablesOf(stack))
        {
            JsonObject variable = Parameter("String", $"The value of the function's environment variable {name}", null);
            variable["NoEcho"] = true;
            parameters[id] = variable;
        }

        return parameters;
    }

    /// <summary>The conditions.</summary>
    public static JsonObject Conditions(TemplateOptions options) => TemplateJson.Object(
        (HasCodeVersion, IsGiven(CodeVersion)), (HasAlarmTopic, options.HasAlarms ? IsGiven(AlarmTopicArn) : null));

    /// <summary>The user's own environment variables, whose values may be secret, and the parameters that have their values.</summary>
    public static IReadOnlyDictionary<string, string> VariablesOf(FunctionStack stack) =>
        (stack.Function.Environment?.Variables ?? []).Keys.Where(static n => !n.StartsWith(FunctionSettings.Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .GroupBy(LogicalId.Letters).SelectMany(static g => g.Select(n => (Name: n, Id: $"Variable{g.Key}{(g.Count() > 1 ? LogicalId.Digest(n) : "")}")))
            .ToDictionary(static v => v.Name, static v => v.Id);

    /// <summary>The module's package for the function.</summary>
    public static string PackageOf(FunctionStack stack) =>
        Path.GetFileName(DeploymentPackage.PathFor(stack.Function.Runtime!, stack.Function.Architectures![0]));

    private static JsonObject IsGiven(string parameter) =>
        new() { ["Fn::Not"] = new JsonArray(new JsonObject { ["Fn::Equals"] = new JsonArray(TemplateJson.Ref(parameter), "") }) };

    private static JsonObject Parameter(string type, string description, JsonNode? value) =>
        TemplateJson.Object(("Type", type), ("Description", description), ("Default", value));
}
