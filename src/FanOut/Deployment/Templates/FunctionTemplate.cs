using System.Text.Json.Nodes;
using FanOut.Deployment.Policies;
using FanOut.Sources;
using static FanOut.Deployment.Templates.TemplateJson;

namespace FanOut.Deployment.Templates;

/// <summary>A template of AWS CloudFormation for a function. The same function gives the same template.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html</remarks>
internal static class FunctionTemplate
{
    /// <summary>The largest template that can be handed over as it is, in bytes; a larger one goes through S3.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html</remarks>
    public const int LargestBody = 51_200;

    /// <summary>The template.</summary>
    public static JsonObject Of(FunctionStack stack, TemplateOptions options)
    {
        AwsLocation home = stack.Facts.Home;
        JsonObject resources = [];
        foreach (TemplateResource resource in Resources(stack, options))
        {
            resources[resource.Id] = resource.Json;
        }

        return new JsonObject
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] = $"FanOut: the function {stack.Name} in {home.Region} of the account {home.Account}, whose names and ARNs it has",
            ["Parameters"] = TemplateParameters.Of(stack, options),
            ["Conditions"] = TemplateParameters.Conditions(options),
            ["Resources"] = resources,
            ["Outputs"] = Object(
                ("FunctionArn", Output("ARN of the function", FunctionResources.CalledArn(stack, stack.Alias))),
                ("RoleArn", Output("ARN of the function's role: what other accounts let in", stack.Policies is null ? stack.Facts.RoleArn : Attribute(LogicalId.Role, "Arn"))),
                ("TableName", Output("The table of mappings, which Register-FanOutTarget writes", stack.Table is null ? stack.Facts.TableArn : Ref(LogicalId.Table)))),
        };
    }

    private static IEnumerable<TemplateResource> Resources(FunctionStack stack, TemplateOptions options) =>
    [
        .. stack.Table is { } table ? [TableResource.Of(table)] : Array.Empty<TemplateResource>(),
        LogGroupResource.Of(stack),
        .. RoleResources.Of(stack),
        .. FunctionResources.Of(stack),
        .. stack.Connections.Invocations.Select(i => TopicResources.Of(stack, i)),
        .. stack.Connections.Streams.OrderBy(static s => s.Request.EventSourceArn, StringComparer.Ordinal).Select(s => StreamResource.Of(stack, s)),
        .. stack.Connections.Topics.OrderBy(static t => t.TopicArn, StringComparer.Ordinal).SelectMany(t => TopicResources.Of(stack, t)),
        .. options.HasAlarms ? AlarmResources.Of(stack, HasMetrics(stack)) : [],
    ];

    private static bool HasMetrics(FunctionStack stack) =>
        stack.Function.Environment?.Variables?.GetValueOrDefault(FunctionVariables.Metrics)?.Equals("none", StringComparison.OrdinalIgnoreCase) != true;

    private static JsonObject Output(string description, JsonNode value) => Object(("Description", description), ("Value", value));
}
