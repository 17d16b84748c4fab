using System.Text.Json.Nodes;
using FanOut.Engine.Mappings;
using FanOut.Sources.Topics;
using static FanOut.Deployment.Templates.TemplateJson;

namespace FanOut.Deployment.Templates;

/// <summary>The subscription to a topic, the permission for the topic to invoke the function, and what Lambda does where that fails.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sns-subscription.html, …-lambda-permission.html and …-lambda-eventinvokeconfig.html
/// </remarks>
internal static class TopicResources
{
    /// <summary>The resources of a topic. A suspended one has no subscription.</summary>
    public static IEnumerable<TemplateResource> Of(FunctionStack stack, StackTopic topic)
    {
        string region = stack.Facts.Function.Region, identity = $"{topic.TopicArn} {topic.Qualifier}";
        Arn arn = Arn.TryParse(topic.TopicArn, out Arn? parsed) ? parsed : throw new ArgumentException($"'{topic.TopicArn}' is no ARN.");
        string permission = LogicalId.Of("Permission", arn.Resource, identity);
        yield return new(permission, "AWS::Lambda::Permission", Object(
            ("FunctionName", FunctionResources.CalledArn(stack, topic.Qualifier)),
            ("Action", InvokePermissions.Action),
            ("Principal", TopicRegion.PrincipalOf(topic.TopicArn, region)),
            ("SourceArn", topic.TopicArn)));
        if (topic.IsSubscribed)
        {
            yield return new(LogicalId.Of("Topic", arn.Resource, identity), "AWS::SNS::Subscription", Object(
                [
                    ("TopicArn", topic.TopicArn),
                    ("Protocol", "lambda"),
                    ("Endpoint", FunctionResources.CalledArn(stack, topic.Qualifier)),
                    ("Region", arn.Region == region ? null : arn.Region),
                    .. topic.Settings.OrderBy(static s => s.Key, StringComparer.Ordinal).Select(static s => (s.Key, s.Value.StartsWith('{') ? JsonNode.Parse(s.Value) : s.Value)),
                ]))
            {
                DependsOn = [permission, .. stack.Table is null ? Array.Empty<string>() : [LogicalId.Table]],
            };
        }
    }

    /// <summary>How Lambda retries and reports.</summary>
    public static TemplateResource Of(FunctionStack stack, StackInvocations invocations) => new(
        invocations.Qualifier is { } qualifier ? LogicalId.Of("Invocations", qualifier, qualifier) : "Invocations", "AWS::Lambda::EventInvokeConfig", Object(
            ("FunctionName", Ref(LogicalId.Function)),
            ("Qualifier", invocations.Qualifier is null ? "$LATEST" : invocations.Qualifier == stack.Alias ? stack.Alias : invocations.Qualifier),
            ("MaximumRetryAttempts", invocations.Settings.MaximumRetryAttempts),
            ("MaximumEventAgeInSeconds", invocations.Settings.MaximumEventAgeInSeconds),
            ("DestinationConfig", Destinations(invocations))))
        {
            DependsOn = invocations.Qualifier is not null && invocations.Qualifier == stack.Alias ? [LogicalId.Alias] : [],
        };

    private static JsonObject? Destinations(StackInvocations invocations)
    {
        JsonObject destinations = Object(
            ("OnSuccess", Of(invocations.Settings.DestinationConfig?.OnSuccess?.Destination)), ("OnFailure", Of(invocations.Settings.DestinationConfig?.OnFailure?.Destination)));
        return destinations.Count == 0 ? null : destinations;
    }

    private static JsonObject? Of(string? destination) => string.IsNullOrEmpty(destination) ? null : Object(("Destination", destination));
}
