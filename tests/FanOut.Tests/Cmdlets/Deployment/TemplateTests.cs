using System.Text.Json.Nodes;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>A cloud with sources for the function fresh, and templates read as JSON.</summary>
public abstract class TemplateTests : DeploymentTests
{
    private protected const string Customers = "customers";
    private protected const string News = "arn:aws:sns:us-east-1:123456789012:news";
    private protected const string Dropped = "arn:aws:sqs:us-east-1:123456789012:dropped";

    private protected TemplateTests()
    {
        CustomersStream = Session.Cloud.Dynamo.CreateTable(Customers, "id", streamView: "NEW_AND_OLD_IMAGES").EventStream!.Arn;
        Session.Cloud.Sns.CreateTopic("news");
        Session.Cloud.Sqs.CreateQueue("dropped");
    }

    private protected string CustomersStream { get; }

    /// <summary>The template that a command outputs; it changes nothing.</summary>
    private protected JsonObject Template(string command = "Export-FanOutTemplate") => Templates(command).Single();

    /// <inheritdoc cref="Template"/>
    private protected IReadOnlyList<JsonObject> Templates(string command)
    {
        Session.Forget();
        PowerShellResult result = Run(command).ThrowIfFailed();
        Assert.Empty(Session.Changes);
        return [.. result.Output.Select(static o => JsonNode.Parse((string)o.BaseObject)!.AsObject())];
    }

    /// <summary>The properties of a resource.</summary>
    private protected static JsonObject Properties(JsonObject template, string id) => template["Resources"]![id]!["Properties"]!.AsObject();

    /// <summary>The resources of a type.</summary>
    private protected static JsonObject[] OfType(JsonObject template, string type) =>
        [.. template["Resources"]!.AsObject().Select(static r => r.Value!.AsObject()).Where(r => $"{r["Type"]}" == type)];

    /// <summary>The properties of the only resource of a type.</summary>
    private protected static JsonObject Only(JsonObject template, string type) => Assert.Single(OfType(template, type))["Properties"]!.AsObject();

    /// <summary>Fails unless two pieces of JSON are equal.</summary>
    private protected static void Same(JsonNode? expected, JsonNode? actual)
    {
        if (!JsonNode.DeepEquals(expected, actual))
        {
            Assert.Equal(expected?.ToString(), actual?.ToString());
            Assert.Fail("They differ in the order of their members only.");
        }
    }
}
