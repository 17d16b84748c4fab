using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb.Expressions;

/// <summary>The <c>#names</c> and <c>:values</c> of a request, and which of them its expressions use.</summary>
internal sealed class Placeholders
{
    private readonly IReadOnlyDictionary<string, string> _names;
    private readonly Dictionary<string, JsonObject> _values = [];
    private readonly HashSet<string> _used = [];

    public Placeholders(JsonElement request)
    {
        _names = request.Texts("ExpressionAttributeNames");
        if (request.Field("ExpressionAttributeValues") is { } values)
        {
            foreach (JsonProperty value in values.EnumerateObject())
            {
                _values[value.Name] = AttributeValues.Read(value.Value);
            }
        }
    }

    public string Name(string placeholder, Tokens tokens)
    {
        _used.Add(placeholder);
        return _names.GetValueOrDefault(placeholder)
            ?? throw tokens.Invalid($"An expression attribute name used in the document path is not defined; attribute name: {placeholder}");
    }

    public JsonNode Value(string placeholder, Tokens tokens)
    {
        _used.Add(placeholder);
        return _values.GetValueOrDefault(placeholder)
            ?? throw tokens.Invalid($"An expression attribute value used in expression is not defined; attribute value: {placeholder}");
    }

    /// <exception cref="ServiceException">ValidationException: a placeholder was sent that no expression uses.</exception>
    public void CheckAllUsed()
    {
        if (_names.Keys.FirstOrDefault(name => !_used.Contains(name)) is { } unusedName)
        {
            throw new ServiceException("ValidationException", $"Value provided in ExpressionAttributeNames unused in expressions: keys: {{{unusedName}}}");
        }

        if (_values.Keys.FirstOrDefault(value => !_used.Contains(value)) is { } unusedValue)
        {
            throw new ServiceException("ValidationException", $"Value provided in ExpressionAttributeValues unused in expressions: keys: {{{unusedValue}}}");
        }
    }
}
