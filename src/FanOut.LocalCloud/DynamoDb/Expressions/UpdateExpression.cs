using System.Text.Json.Nodes;

namespace FanOut.LocalCloud.DynamoDb.Expressions;

/// <summary>An update expression: <c>SET a = :x, b = b + :y REMOVE c ADD n :one DELETE tags :gone</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html</remarks>
internal sealed class UpdateExpression
{
    private readonly Tokens _tokens;
    private readonly Placeholders _placeholders;
    private readonly OperandReader _operands;
    private readonly List<(AttributePath Path, Func<JsonObject, JsonNode?> Value)> _sets = [];
    private readonly List<AttributePath> _removals = [];

    /// <exception cref="ServiceException">ValidationException: it cannot be read.</exception>
    public UpdateExpression(string expression, Placeholders placeholders)
    {
        _tokens = new Tokens(expression, "UpdateExpression");
        _placeholders = placeholders;
        _operands = new OperandReader(_tokens, placeholders);
        while (!_tokens.AtEnd)
        {
            Action clause = _tokens.Take().ToUpperInvariant() switch
            {
                "SET" => ReadSet,
                "REMOVE" => () => _removals.Add(_operands.Path()),
                "ADD" => ReadAdd,
                "DELETE" => ReadDelete,
                string other => throw _tokens.Invalid($"Syntax error; token: \"{other}\""),
            };
            do
            {
                clause();
            }
            while (_tokens.TryTake(","));
        }
    }

    /// <summary>The attributes that are written, by their first names.</summary>
    public IEnumerable<string> Attributes => _sets.Select(set => set.Path.Root).Concat(_removals.Select(path => path.Root)).Distinct();

    /// <summary>The item after the update; the one before stays as it is.</summary>
    public JsonObject Apply(JsonObject item)
    {
        JsonObject updated = item.DeepClone().AsObject();

        // Every value is computed from the item before the update.
        foreach ((AttributePath path, JsonNode? value) in _sets.Select(set => (set.Path, set.Value(item))).ToArray())
        {
            if (value is null)
            {
                path.Remove(updated);
            }
            else
            {
                path.Set(updated, value);
            }
        }

        foreach (AttributePath path in _removals)
        {
            path.Remove(updated);
        }

        return updated;
    }

    private void ReadSet()
    {
        AttributePath path = _operands.Path();
        _tokens.Expect("=");
        Func<JsonObject, JsonNode> left = ReadValue();
        if (_tokens.Peek is "+" or "-")
        {
            bool subtract = _tokens.Take() == "-";
            Func<JsonObject, JsonNode> right = ReadValue();
            _sets.Add((path, item => Sum(left(item), right(item), subtract)));
        }
        else
        {
            _sets.Add((path, left));
        }
    }

    private Func<JsonObject, JsonNode> ReadValue()
    {
        if (_tokens.PeekSecond == "(" && _tokens.TryTake("if_not_exists"))
        {
            _tokens.Expect("(");
            AttributePath path = _operands.Path();
            _tokens.Expect(",");
            Func<JsonObject, JsonNode> otherwise = ReadValue();
            _tokens.Expect(")");
            return item => path.Find(item) ?? otherwise(item);
        }

        if (_tokens.PeekSecond == "(" && _tokens.TryTake("list_append"))
        {
            _tokens.Expect("(");
            Func<JsonObject, JsonNode> first = ReadValue();
            _tokens.Expect(",");
            Func<JsonObject, JsonNode> second = ReadValue();
            _tokens.Expect(")");
            return item => new JsonObject { ["L"] = new JsonArray([.. Elements(first(item)), .. Elements(second(item))]) };
        }

        Func<JsonObject, JsonNode?> operand = _operands.Operand();
        return item => operand(item) ?? throw new ServiceException(
            "ValidationException", "The provided expression refers to an attribute that does not exist in the item");
    }

    private void ReadAdd()
    {
        AttributePath path = _operands.Path();
        JsonNode value = _placeholders.Value(_tokens.Take(), _tokens);
        _sets.Add((path, item => path.Find(item) is not { } there ? value
            : AttributeValues.TypeOf(value) == "N" ? Sum(there, value, subtract: false)
            : Set(there, value, (left, right) => left.Union(right))));
    }

    private void ReadDelete()
    {
        AttributePath path = _operands.Path();
        JsonNode value = _placeholders.Value(_tokens.Take(), _tokens);
        _sets.Add((path, item => path.Find(item) is { } there ? Set(there, value, (left, right) => left.Except(right)) : null));
    }

    private static IEnumerable<JsonNode?> Elements(JsonNode list) => AttributeValues.TypeOf(list) == "L"
        ? AttributeValues.ContentOf(list).AsArray().Select(element => element!.DeepClone())
        : throw WrongType();

    private static JsonObject Sum(JsonNode left, JsonNode right, bool subtract) =>
        AttributeValues.TypeOf(left) == "N" && AttributeValues.TypeOf(right) == "N"
            ? AttributeValues.Number(StoredNumber.Add(
                StoredNumber.Parse(AttributeValues.TextOf(left)), StoredNumber.Parse(AttributeValues.TextOf(right)), subtract))
            : throw WrongType();

    /// <summary>The combination of two sets; null if it is empty, because DynamoDB has no empty sets.</summary>
    private static JsonObject? Set(JsonNode left, JsonNode right, Func<IEnumerable<string>, IEnumerable<string>, IEnumerable<string>> combine)
    {
        string type = AttributeValues.TypeOf(left);
        if (type != AttributeValues.TypeOf(right) || type is not ("SS" or "NS" or "BS"))
        {
            throw WrongType();
        }

        JsonNode?[] elements = [.. combine(AttributeValues.Elements(left), AttributeValues.Elements(right)).Select(element => JsonValue.Create(element))];
        return elements.Length == 0 ? null : new JsonObject { [type] = new JsonArray(elements) };
    }

    private static ServiceException WrongType() => new("ValidationException", "An operand in the update expression has an incorrect data type");
}
