using System.Management.Automation;
using System.Text.Json;
using FanOut.Engine.Mappings;

namespace FanOut.Sources.Topics;

/// <summary>A statement of a function's own policy that allows SNS to invoke the function.</summary>
/// <remarks>
/// <code>
/// {"Sid":"…","Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"…",
///  "Condition":{"StringEquals":{"AWS:SourceAccount":"…"},"ArnLike":{"AWS:SourceArn":"…"}}}
/// </code>
/// </remarks>
/// <param name="Id">Its id; null: it has none, so it cannot be removed.</param>
/// <param name="Sources">ARNs of the topics, which may have wildcards; empty: all topics.</param>
/// <param name="Accounts">The accounts of the topics; empty: all accounts.</param>
internal sealed record InvokeStatement(string? Id, IReadOnlyList<string> Sources, IReadOnlyList<string> Accounts)
{
    /// <summary>Whether it allows this topic and no other.</summary>
    public bool IsOnlyOf(string topicArn) => Sources is [var only] && only == topicArn && Allows(topicArn);

    /// <summary>Whether it allows this topic.</summary>
    public bool Allows(string topicArn) =>
        (Sources.Count == 0 || Sources.Any(s => WildcardPattern.Get(s, WildcardOptions.None).IsMatch(topicArn)))
        && (Accounts.Count == 0 || (Arn.TryParse(topicArn, out Arn? arn) && Accounts.Contains(arn.Account)));

    /// <summary>The statements of a policy that allow SNS to invoke the function. Those with conditions that are not understood are left out.</summary>
    /// <param name="policy">The policy, JSON.</param>
    public static IReadOnlyList<InvokeStatement> Read(string policy)
    {
        using JsonDocument document = JsonDocument.Parse(policy);
        return document.RootElement.TryGetProperty("Statement", out JsonElement statements)
            ? [.. (statements.ValueKind == JsonValueKind.Array ? statements.EnumerateArray().ToArray() : [statements]).Select(Of).OfType<InvokeStatement>()]
            : [];
    }

    private static InvokeStatement? Of(JsonElement statement)
    {
        bool isForSns = statement.TryGetProperty("Principal", out JsonElement principal) && principal.ValueKind == JsonValueKind.Object
            && principal.TryGetProperty("Service", out JsonElement services) && Texts(services).Any(static s => s.StartsWith("sns.", StringComparison.Ordinal));
        bool invokes = statement.TryGetProperty("Action", out JsonElement actions)
            && Texts(actions).Any(static a => a.Equals("lambda:InvokeFunction", StringComparison.OrdinalIgnoreCase) || a is "lambda:*" or "*");
        bool allows = statement.TryGetProperty("Effect", out JsonElement effect) && effect.ValueEquals("Allow");
        List<string> sources = [], accounts = [];
        return isForSns && invokes && allows && (!statement.TryGetProperty("Condition", out JsonElement conditions) || ReadConditions(conditions, sources, accounts))
            ? new InvokeStatement(statement.TryGetProperty("Sid", out JsonElement id) ? id.GetString() : null, sources, accounts)
            : null;
    }

    private static bool ReadConditions(JsonElement conditions, List<string> sources, List<string> accounts)
    {
        foreach (JsonProperty test in conditions.EnumerateObject().Where(static t => t.Value.ValueKind == JsonValueKind.Object))
        {
            foreach (JsonProperty key in test.Value.EnumerateObject())
            {
                switch (test.Name, key.Name.ToUpperInvariant())
                {
                    case ("ArnLike" or "ArnEquals" or "StringLike" or "StringEquals", "AWS:SOURCEARN"):
                        sources.AddRange(Texts(key.Value));
                        break;
                    case ("StringEquals" or "StringLike", "AWS:SOURCEACCOUNT"):
                        accounts.AddRange(Texts(key.Value));
                        break;
                    default:
                        return false;
                }
            }
        }

        return true;
    }

    private static string[] Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(static v => v.ValueKind == JsonValueKind.String).Select(static v => v.GetString()!)],
        _ => [],
    };
}
