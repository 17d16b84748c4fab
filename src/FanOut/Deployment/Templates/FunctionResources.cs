using System.Text.Json.Nodes;
using FanOut.Aws.Lambda;
using static FanOut.Deployment.Templates.TemplateJson;

namespace FanOut.Deployment.Templates;

/// <summary>The function, the version and the alias that its sources call.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-function.html, …-lambda-version.html and …-lambda-alias.html
/// </remarks>
internal static class FunctionResources
{
    /// <summary>The resources.</summary>
    public static IEnumerable<TemplateResource> Of(FunctionStack stack)
    {
        JsonObject properties = Properties(stack);
        yield return new(LogicalId.Function, "AWS::Lambda::Function", properties)
        {
            // Lambda writes the first logs, and reads streams, as soon as it may.
            DependsOn = [LogicalId.LogGroup, .. RoleResources.PolicyIds(stack)],
        };
        if (stack.Alias is not { } alias)
        {
            yield break;
        }

        // A version cannot be changed: where its description changes, CloudFormation publishes another. So it tells the code and the settings.
        string settings = LogicalId.Digest(properties.ToJsonString());
        yield return new(LogicalId.Version, "AWS::Lambda::Version", Object(
            ("FunctionName", Ref(LogicalId.Function)),
            ("Description", Text($"settings {settings}, code ${{{TemplateParameters.CodeKey}}} ${{{TemplateParameters.CodeVersion}}}"))))
        {
            DeletionPolicy = "Retain",
            UpdateReplacePolicy = "Retain",
        };
        yield return new(LogicalId.Alias, "AWS::Lambda::Alias", Object(
            ("FunctionName", Ref(LogicalId.Function)), ("FunctionVersion", Attribute(LogicalId.Version, "Version")), ("Name", alias)));
    }

    /// <summary>The function as a source calls it: its name, or the ARN of its alias.</summary>
    public static JsonObject Called(FunctionStack stack, string? qualifier) => qualifier is null ? Ref(LogicalId.Function) : CalledArn(stack, qualifier);

    /// <summary>The ARN of the function as a source calls it.</summary>
    public static JsonObject CalledArn(FunctionStack stack, string? qualifier) =>
        qualifier is null ? Attribute(LogicalId.Function, "Arn") : qualifier == stack.Alias ? Ref(LogicalId.Alias) : Text($"${{{LogicalId.Function}.Arn}}:{qualifier}");

    private static JsonObject Properties(FunctionStack stack)
    {
        CreateFunctionRequest function = stack.Function;
        return Object(
            ("FunctionName", function.FunctionName),
            ("Description", function.Description),
            ("Code", Object(
                ("S3Bucket", Ref(TemplateParameters.CodeBucket)),
                ("S3Key", Ref(TemplateParameters.CodeKey)),
                ("S3ObjectVersion", If(TemplateParameters.HasCodeVersion, Ref(TemplateParameters.CodeVersion))))),
            ("Runtime", function.Runtime),
            ("Handler", function.Handler),
            ("Architectures", List(function.Architectures)),
            ("Role", stack.Policies is null ? function.Role : Attribute(LogicalId.Role, "Arn")),
            ("MemorySize", function.MemorySize),
            ("Timeout", function.Timeout),
            ("Environment", Object(("Variables", Variables(stack)))),
            ("VpcConfig", function.VpcConfig is { } vpc ? Object(("SubnetIds", List(vpc.SubnetIds)), ("SecurityGroupIds", List(vpc.SecurityGroupIds))) : null),
            ("KmsKeyArn", function.KMSKeyArn),
            ("ReservedConcurrentExecutions", stack.ReservedConcurrency),
            ("LoggingConfig", function.LoggingConfig is { } logging ? Object(
                ("LogFormat", logging.LogFormat), ("ApplicationLogLevel", logging.ApplicationLogLevel), ("SystemLogLevel", logging.SystemLogLevel), ("LogGroup", logging.LogGroup)) : null),
            ("TracingConfig", function.TracingConfig is { Mode: { } mode } ? Object(("Mode", mode)) : null),
            ("Layers", List(function.Layers)),
            ("Tags", Tags(stack.Tags)));
    }

    // The module's own settings are no secrets; what others stand for is not known.
    private static JsonObject Variables(FunctionStack stack)
    {
        IReadOnlyDictionary<string, string> parameters = TemplateParameters.VariablesOf(stack);
        return Object([.. (stack.Function.Environment?.Variables ?? []).OrderBy(static v => v.Key, StringComparer.Ordinal).Select(v => (v.Key, (JsonNode?)(
            parameters.TryGetValue(v.Key, out string? parameter) ? Ref(parameter)
            : v.Key == Sources.FunctionVariables.Table && v.Value == stack.Table?.TableName ? Ref(LogicalId.Table)
            : (JsonNode)v.Value)))]);
    }
}
