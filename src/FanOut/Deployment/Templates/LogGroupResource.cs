using static FanOut.Deployment.Templates.TemplateJson;

namespace FanOut.Deployment.Templates;

/// <summary>The log group. It outlives the stack, unless making the stack fails.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-logs-loggroup.html</remarks>
internal static class LogGroupResource
{
    /// <summary>The resource.</summary>
    public static TemplateResource Of(FunctionStack stack) => new(LogicalId.LogGroup, "AWS::Logs::LogGroup", Object(
        ("LogGroupName", stack.Facts.LogGroup), ("RetentionInDays", stack.LogRetentionDays), ("Tags", Tags(stack.Tags))))
    {
        DeletionPolicy = "RetainExceptOnCreate",
        UpdateReplacePolicy = "Retain",
    };
}
