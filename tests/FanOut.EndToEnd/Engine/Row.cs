using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.EndToEnd.Engine;

/// <summary>Rows of the mapping table, read as the engine reads them.</summary>
internal static class Row
{
    public static Mapping Of(string source, string type, string destination, params (string Attribute, string Value)[] options)
    {
        Mapping? mapping = MappingReader.Read(Item(source, type, type, destination, options), out InvalidMapping? invalid);
        return mapping ?? throw new ArgumentException(invalid!.ToString());
    }

    /// <summary>The row as DynamoDB has it.</summary>
    public static Dictionary<string, AttributeValue> Item(
        string source, string id, string type, string destination, params (string Attribute, string Value)[] options)
    {
        Dictionary<string, AttributeValue> item = new()
        {
            [MappingAttributes.SourceArn] = new(source),
            [MappingAttributes.Id] = new(id),
            [MappingAttributes.Type] = new(type),
            [MappingAttributes.Destination] = new(destination),
            [MappingAttributes.Active] = new() { BOOL = true },
        };
        foreach ((string attribute, string value) in options)
        {
            item[attribute] = new(value);
        }

        return item;
    }
}
