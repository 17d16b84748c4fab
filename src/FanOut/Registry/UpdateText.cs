using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace FanOut.Registry;

/// <summary>Changes of attributes as an update expression: <c>SET #n0 = :v0 REMOVE #n1</c>.</summary>
internal sealed class UpdateText
{
    /// <summary>Writes the expression.</summary>
    /// <param name="changes">The new values, at least one; null removes an attribute.</param>
    public UpdateText(IReadOnlyDictionary<string, AttributeValue?> changes)
    {
        List<string> set = [], remove = [];
        foreach ((string attribute, AttributeValue? value) in changes)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"#n{Names.Count}");
            Names[name] = attribute;
            if (value is null)
            {
                remove.Add(name);
                continue;
            }

            string placeholder = string.Create(CultureInfo.InvariantCulture, $":v{Values.Count}");
            Values[placeholder] = value;
            set.Add($"{name} = {placeholder}");
        }

        Expression = string.Join(' ', new[] { Clause("SET", set), Clause("REMOVE", remove) }.Where(static c => c.Length > 0));
    }

    /// <summary>The expression.</summary>
    public string Expression { get; }

    /// <summary>The attributes by their placeholders in the expression.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>The values by their placeholders in the expression.</summary>
    public Dictionary<string, AttributeValue> Values { get; } = [];

    private static string Clause(string word, List<string> parts) => parts.Count == 0 ? "" : $"{word} {string.Join(", ", parts)}";
}
