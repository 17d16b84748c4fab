using System.Text.Json.Nodes;

namespace FanOut.Inspection.Policies;

/// <summary>A rule of a policy of OpenSearch Serverless, with what the policy says around it.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html,
/// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html
/// </remarks>
/// <param name="Policy">The name of the policy.</param>
/// <param name="ResourceType">collection, index or dashboard.</param>
/// <param name="Resources">What it is about: <c>collection/name</c>, <c>index/name/*</c>.</param>
/// <param name="Permissions">Data access: what it allows.</param>
/// <param name="Principals">Data access: whom it allows that.</param>
internal sealed record CollectionRule(string Policy, string ResourceType, IReadOnlyList<string> Resources, IReadOnlyList<string> Permissions, IReadOnlyList<string> Principals)
{
    /// <summary>Network: whether it lets everybody in.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Network: the VPC endpoints that it lets in.</summary>
    public IReadOnlyList<string> VpcEndpoints { get; init; } = [];

    /// <summary>Reads a policy; what is none has no rules.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="document">Its document: a list of statements, each with its rules.</param>
    public static IEnumerable<CollectionRule> Read(string name, JsonNode? document) =>
        from statement in Many(document).OfType<JsonObject>()
        from rule in Many(statement["Rules"]).OfType<JsonObject>()
        select new CollectionRule(name, $"{rule[nameof(ResourceType)]}", Texts(rule["Resource"]), Texts(rule["Permission"]), Texts(statement["Principal"]))
        {
            IsPublic = $"{statement["AllowFromPublic"]}" == "true",
            VpcEndpoints = Texts(statement["SourceVPCEs"]),
        };

    /// <summary>Whether it is about something.</summary>
    public bool IsAbout(string resourceType, string resource) => ResourceType == resourceType && Resources.Any(r => IamPattern.Fits(r, resource));

    private static string[] Texts(JsonNode? node) => [.. Many(node).Select(static n => $"{n}")];

    private static IEnumerable<JsonNode?> Many(JsonNode? node) => node switch
    {
        null => Enumerable.Empty<JsonNode?>(),
        JsonArray list => list,
        _ => Enumerable.Repeat(node, 1),
    };
}
