using System.Text.Json;
using System.Text.Json.Nodes;

namespace FanOut.Inspection.Policies;

/// <summary>Somebody's policy, which is only read.</summary>
/// <param name="Name">What it is called in messages: "the policy FanOut-fanout".</param>
/// <param name="Statements">Its statements.</param>
internal sealed record IamDocument(string Name, IReadOnlyList<IamStatement> Statements)
{
    /// <summary>Reads a policy; what is none has no statements.</summary>
    public static IamDocument Read(string name, string? json)
    {
        JsonNode? policy;
        try
        {
            policy = JsonNode.Parse(json is { Length: > 0 } ? json : "{}");
        }
        catch (JsonException)
        {
            policy = null;
        }

        return new IamDocument(name, [.. Many((policy as JsonObject)?["Statement"]).OfType<JsonObject>().Select(Statement)]);
    }

    private static IamStatement Statement(JsonObject statement) => new()
    {
        Sid = statement["Sid"]?.ToString(),
        IsDeny = $"{statement["Effect"]}" == "Deny",
        Actions = Texts(statement["Action"] ?? statement["NotAction"]),
        IsNotAction = statement["Action"] is null && statement["NotAction"] is not null,
        Resources = Texts(statement["Resource"] ?? statement["NotResource"]),
        IsNotResource = statement["Resource"] is null && statement["NotResource"] is not null,
        Principals = statement["Principal"] is { } principal ? Principals(principal) : statement["NotPrincipal"] is { } others ? Principals(others) : null,
        IsNotPrincipal = statement["Principal"] is null && statement["NotPrincipal"] is not null,
        Conditions = [.. from test in statement["Condition"] as JsonObject ?? []
                         from key in test.Value as JsonObject ?? []
                         select new IamCondition(test.Key, key.Key, Texts(key.Value))],
    };

    // "*", {"AWS":"…"}, {"AWS":["…"],"Service":"…"}
    private static List<(string Kind, string Id)> Principals(JsonNode principal) => principal is JsonObject kinds
        ? [.. kinds.SelectMany(static k => Texts(k.Value).Select(id => (k.Key, id)))]
        : [.. Texts(principal).Select(static id => ("*", id))];

    private static string[] Texts(JsonNode? node) => [.. Many(node).Select(static n => $"{n}")];

    private static IEnumerable<JsonNode?> Many(JsonNode? node) => node switch
    {
        null => Enumerable.Empty<JsonNode?>(),
        JsonArray list => list,
        _ => Enumerable.Repeat(node, 1),
    };
}
