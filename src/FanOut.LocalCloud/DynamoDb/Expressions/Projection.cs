using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb.Expressions;

/// <summary>A projection expression: which attributes an answer has.</summary>
internal sealed class Projection
{
    private readonly List<AttributePath>? _paths;

    /// <exception cref="ServiceException">ValidationException: it cannot be read.</exception>
    public Projection(JsonElement request, Placeholders placeholders)
    {
        if (request.Text("ProjectionExpression") is { } expression)
        {
            Tokens tokens = new(expression, "ProjectionExpression");
            OperandReader operands = new(tokens, placeholders);
            _paths = [operands.Path()];
            while (tokens.TryTake(","))
            {
                _paths.Add(operands.Path());
            }

            tokens.ExpectEnd();
        }
    }

    /// <summary>The wanted attributes of an item. A nested member comes with the maps and lists around it, but without their other members.</summary>
    public JsonObject Apply(JsonObject item)
    {
        if (_paths is null)
        {
            return item;
        }

        JsonObject projected = [];
        foreach (AttributePath path in _paths)
        {
            if (path.Find(item) is { } value)
            {
                Insert(projected, path, value);
            }
        }

        return projected;
    }

    private static void Insert(JsonObject projected, AttributePath path, JsonNode value)
    {
        JsonNode nested = value.DeepClone();
        for (int step = path.Steps.Count - 1; step > 0 && path.Steps[step] is int; step--)
        {
            nested = new JsonObject { ["L"] = new JsonArray(nested) };
        }

        JsonObject members = projected;
        int last = path.Steps.ToList().FindLastIndex(step => step is string);
        for (int step = 0; step < last; step++)
        {
            if (path.Steps[step] is string name)
            {
                members[name] ??= new JsonObject { ["M"] = new JsonObject() };
                members = members[name]!["M"]!.AsObject();
            }
        }

        members[(string)path.Steps[last]] = nested;
    }
}
