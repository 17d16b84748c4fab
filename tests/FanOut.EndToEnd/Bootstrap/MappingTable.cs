using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Bootstrap;

/// <summary>A mapping table in moto's DynamoDB.</summary>
internal static class MappingTable
{
    public static async Task CreateAsync(ServiceApi api, string table) => await api.JsonAsync("dynamodb", "DynamoDB_20120810.CreateTable", new()
    {
        ["TableName"] = table,
        ["BillingMode"] = "PAY_PER_REQUEST",
        ["AttributeDefinitions"] = new JsonArray(Attribute("sourceArn"), Attribute("id")),
        ["KeySchema"] = new JsonArray(Key("sourceArn", "HASH"), Key("id", "RANGE")),
    });

    /// <summary>Adds an active mapping, in the original tool's form.</summary>
    public static async Task AddAsync(
        ServiceApi api, string table, string source, string type, string destination, params (string Attribute, string Value)[] options)
    {
        JsonObject item = new()
        {
            ["sourceArn"] = Text(source),
            ["id"] = Text($"to-{type}"),
            ["type"] = Text(type),
            ["destination"] = Text(destination),
            ["active"] = new JsonObject { ["BOOL"] = true },
        };
        foreach ((string attribute, string value) in options)
        {
            item[attribute] = Text(value);
        }

        await api.JsonAsync("dynamodb", "DynamoDB_20120810.PutItem", new() { ["TableName"] = table, ["Item"] = item });
    }

    private static JsonObject Text(string value) => new() { ["S"] = value };

    private static JsonObject Attribute(string name) => new() { ["AttributeName"] = name, ["AttributeType"] = "S" };

    private static JsonObject Key(string name, string type) => new() { ["AttributeName"] = name, ["KeyType"] = type };
}
