using System.Globalization;
using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.Registry;

/// <summary>
/// The condition that a row is there and still has the settings that were read: <c>#c0 = :c0 AND attribute_not_exists(#c1) …</c>. So a change is made only to
/// what it was checked with. Attributes that are no settings do not count.
/// </summary>
internal sealed class UnchangedCondition
{
    /// <summary>Writes the expression.</summary>
    /// <param name="read">The row's attributes as they were read.</param>
    public UnchangedCondition(IReadOnlyDictionary<string, AttributeValue> read)
    {
        List<string> parts = [];
        foreach (string attribute in MappingAttributes.All)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"#c{Names.Count}");
            Names[name] = attribute;
            if (!read.TryGetValue(attribute, out AttributeValue? value))
            {
                parts.Add($"attribute_not_exists({name})");
                continue;
            }

            string placeholder = string.Create(CultureInfo.InvariantCulture, $":c{Values.Count}");
            Values[placeholder] = value;
            parts.Add($"{name} = {placeholder}");
        }

        Expression = string.Join(" AND ", parts);
    }

    /// <summary>The expression.</summary>
    public string Expression { get; }

    /// <summary>The attributes by their placeholders in the expression.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>The values by their placeholders in the expression.</summary>
    public Dictionary<string, AttributeValue> Values { get; } = [];
}
