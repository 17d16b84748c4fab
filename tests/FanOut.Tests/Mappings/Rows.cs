using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace FanOut.Tests.Mappings;

/// <summary>Rows of the table, from DynamoDB's own JSON.</summary>
internal static class Rows
{
    public const string Source = "arn:aws:kinesis:us-east-1:123456789012:stream/inputStream";

    /// <summary>The rows that the original's shell script wrote, by their ids.</summary>
    public static IReadOnlyDictionary<string, Dictionary<string, AttributeValue>> Original { get; } = ReadOriginal();

    /// <summary>A valid row, with some attributes in place of others.</summary>
    public static Dictionary<string, AttributeValue> Row(params (string Name, AttributeValue? Value)[] changes)
    {
        var row = new Dictionary<string, AttributeValue>
        {
            ["sourceArn"] = new(Source),
            ["id"] = new("a"),
            ["type"] = new("kinesis"),
            ["destination"] = new("out"),
            ["active"] = new() { BOOL = true },
        };
        foreach ((string name, AttributeValue? value) in changes)
        {
            row.Remove(name);
            if (value is not null)
            {
                row[name] = value;
            }
        }

        return row;
    }

    /// <summary>A row as text, to compare.</summary>
    public static string Show(IReadOnlyDictionary<string, AttributeValue> row) =>
        string.Join("\n", row.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key} S={a.Value.S} N={a.Value.N} BOOL={a.Value.BOOL}"));

    private static Dictionary<string, Dictionary<string, AttributeValue>> ReadOriginal()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Join(Checkout.Root, "tests", "FanOut.Tests", "Mappings", "Fixtures", "original-cli-table-items.json")));
        return document.RootElement.EnumerateArray()
            .Select(item => item.EnumerateObject().ToDictionary(a => a.Name, a => Value(a.Value)))
            .ToDictionary(row => row["id"].S);
    }

    private static AttributeValue Value(JsonElement typed)
    {
        JsonProperty only = typed.EnumerateObject().Single();
        return only.Name switch
        {
            "S" => new AttributeValue(only.Value.GetString()),
            "N" => new AttributeValue { N = only.Value.GetString() },
            "BOOL" => new AttributeValue { BOOL = only.Value.GetBoolean() },
            _ => throw new InvalidDataException($"A fixture with type {only.Name}."),
        };
    }
}
