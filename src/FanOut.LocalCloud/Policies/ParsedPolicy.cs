using System.Text.Json;
using System.Text.RegularExpressions;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Policies;

/// <summary>A policy, read as IAM reads it (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).</summary>
/// <param name="Text">As it was given.</param>
/// <param name="Statements">Its statements.</param>
internal sealed partial record ParsedPolicy(string Text, IReadOnlyList<PolicyStatement> Statements)
{
    private static readonly string[] Members = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"];

    /// <summary>Reads an identity's policy.</summary>
    /// <exception cref="ServiceException">MalformedPolicyDocument: IAM would not accept it; UnsupportedByStandIn: it cannot be evaluated here.</exception>
    public static ParsedPolicy OfIdentity(string text) => Read(text, isTrust: false);

    /// <summary>Reads a role's trust policy.</summary>
    /// <inheritdoc cref="OfIdentity"/>
    public static ParsedPolicy OfTrust(string text) => Read(text, isTrust: true);

    private static ParsedPolicy Read(string text, bool isTrust)
    {
        if (text.Contains("${", StringComparison.Ordinal))
        {
            throw Unsupported("policy variables (${…})");
        }

        JsonElement root = Parse(text);
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(member => member.Name is not ("Version" or "Id" or "Statement")))
        {
            throw Malformed("Syntax errors in policy.");
        }

        if (root.Field("Version") is { } version && version.ToString() is not ("2012-10-17" or "2008-10-17"))
        {
            throw Malformed("Policy document must be version 2012-10-17 or greater.");
        }

        JsonElement[] statements = root.Field("Statement") switch
        {
            { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray()],
            { ValueKind: JsonValueKind.Object } one => [one],
            _ => [],
        };
        string[] ids = [.. statements.Select(statement => statement.Text("Sid")).OfType<string>()];
        return statements.Length == 0 || statements.Any(statement => statement.ValueKind != JsonValueKind.Object) ? throw Malformed("Syntax errors in policy.")
            : ids.Distinct().Count() < ids.Length ? throw Malformed("Statement IDs (SID) in a single policy must be unique.")
            : !ids.All(id => SidPattern().IsMatch(id)) ? throw Malformed("Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*")
            : new ParsedPolicy(text, [.. statements.Select(statement => ReadStatement(statement, isTrust))]);
    }

    private static PolicyStatement ReadStatement(JsonElement statement, bool isTrust)
    {
        if (statement.EnumerateObject().Any(member => !Members.Contains(member.Name)) || statement.Text("Effect") is not ("Allow" or "Deny"))
        {
            throw Malformed("Syntax errors in policy.");
        }

        return new PolicyStatement
        {
            IsAllow = statement.Text("Effect") == "Allow",
            Actions = ReadActions(statement),
            Resources = isTrust ? NoResources(statement) : ReadResources(statement),
            Principals = isTrust ? ReadPrincipals(statement) : NoPrincipals(statement),
            Conditions = [.. ReadConditions(statement)],
        };
    }

    private static PatternList ReadActions(JsonElement statement)
    {
        PatternList actions = Either(statement, "Action", "NotAction") ?? throw Malformed("Policy statement must contain actions.");
        return actions.Patterns.All(action => action == "*" || ActionPattern().IsMatch(action))
            ? actions
            : throw Malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }

    private static PatternList ReadResources(JsonElement statement)
    {
        PatternList resources = Either(statement, "Resource", "NotResource") ?? throw Malformed("Policy statement must contain resources.");
        return resources.Patterns.FirstOrDefault(resource => resource != "*" && (!resource.StartsWith("arn:", StringComparison.Ordinal) || resource.Split(':', 6).Length < 6)) is { } wrong
            ? throw Malformed($"Resource {wrong} must be in ARN format or \"*\".")
            : resources;
    }

    private static PatternList? NoResources(JsonElement statement) => Either(statement, "Resource", "NotResource") is null
        ? null
        : throw Malformed("Has prohibited field Resource");

    private static IReadOnlyList<(string Kind, string Name)> NoPrincipals(JsonElement statement) =>
        statement.Field("Principal") is null && statement.Field("NotPrincipal") is null ? [] : throw Malformed("Policy document should not specify a principal.");

    private static IReadOnlyList<(string Kind, string Name)> ReadPrincipals(JsonElement statement) => statement.Field("Principal") switch
    {
        _ when statement.Field("NotPrincipal") is not null => throw Unsupported("NotPrincipal"),
        { ValueKind: JsonValueKind.String } all when all.GetString() == "*" => [("AWS", "*")],
        { ValueKind: JsonValueKind.Object } kinds => [.. kinds.EnumerateObject().SelectMany(kind => Texts(kind.Value).Select(name => (kind.Name, name)))],
        _ => throw Malformed("AssumeRole policy must contain principals."),
    };

    private static IEnumerable<PolicyCondition> ReadConditions(JsonElement statement)
    {
        if (statement.Field("Condition") is not { } conditions)
        {
            yield break;
        }

        foreach (JsonProperty test in conditions.EnumerateObject())
        {
            // ForAllValues holds if a request does not have the key. Keys with several values do not occur here.
            bool ofAll = test.Name.StartsWith("ForAllValues:", StringComparison.Ordinal);
            string name = ofAll ? test.Name["ForAllValues:".Length..] : test.Name;
            bool ifExists = ofAll || name.EndsWith("IfExists", StringComparison.Ordinal);
            name = name.EndsWith("IfExists", StringComparison.Ordinal) ? name[..^"IfExists".Length] : name;
            foreach (JsonProperty key in test.Value.EnumerateObject())
            {
                // A condition that cannot be evaluated is an error: it must be neither met nor missed silently.
                yield return !PolicyCondition.IsKnown(name) ? throw Unsupported($"the condition operator {test.Name}")
                    : !ConditionKeys.IsKnown(key.Name) ? throw Unsupported($"the condition key {key.Name} (it has {string.Join(", ", ConditionKeys.All)})")
                    : new PolicyCondition(name, ifExists, key.Name, Texts(key.Value));
            }
        }
    }

    private static PatternList? Either(JsonElement statement, string name, string negated) => (statement.Field(name), statement.Field(negated)) switch
    {
        (null, null) => null,
        ({ } positive, null) => new PatternList(Texts(positive), IsNegated: false),
        (null, { } negative) => new PatternList(Texts(negative), IsNegated: true),
        _ => throw Malformed("Syntax errors in policy."),
    };

    private static string[] Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array when value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. value.EnumerateArray().Select(item => item.GetString()!)],
        _ => throw Malformed("Syntax errors in policy."),
    };

    private static JsonElement Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            throw Malformed("Syntax errors in policy.");
        }
    }

    private static ServiceException Malformed(string message) => new("MalformedPolicyDocument", message);

    private static ServiceException Unsupported(string what) => new("UnsupportedByStandIn", $"The stand-in does not evaluate {what} in policies.");

    [GeneratedRegex("^[0-9A-Za-z]*$")]
    private static partial Regex SidPattern();

    [GeneratedRegex("^[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+$")]
    private static partial Regex ActionPattern();
}
