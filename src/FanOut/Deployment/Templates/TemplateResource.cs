using System.Text.Json.Nodes;

namespace FanOut.Deployment.Templates;

/// <summary>A resource of a template.</summary>
/// <param name="Id">Its logical id: letters and digits, unique in the template.</param>
/// <param name="Type">Its type, such as <c>AWS::Lambda::Function</c>.</param>
/// <param name="Properties">Its properties.</param>
internal sealed record TemplateResource(string Id, string Type, JsonObject Properties)
{
    /// <summary>What becomes of it when it leaves the stack. Named for each resource: CloudFormation imports none without it.</summary>
    public string DeletionPolicy { get; init; } = "Delete";

    /// <summary>What becomes of it when CloudFormation puts another in its place; null: CloudFormation's default, it is deleted.</summary>
    public string? UpdateReplacePolicy { get; init; }

    /// <summary>Logical ids of what must be there before, beside what its properties refer to.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The resource in the template's form.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html</remarks>
    public JsonObject Json => TemplateJson.Object(
        ("Type", Type),
        ("DependsOn", TemplateJson.List(DependsOn)),
        ("DeletionPolicy", DeletionPolicy),
        ("UpdateReplacePolicy", UpdateReplacePolicy),
        ("Properties", Properties));
}
