using System.Globalization;
using System.Text.Json.Nodes;

namespace FanOut.LocalCloud.DynamoDb.Expressions;

/// <summary>Reads what conditions and updates have in common: paths and operands.</summary>
internal sealed class OperandReader(Tokens tokens, Placeholders placeholders)
{
    /// <summary>The value an operand has in an item; null when it has none.</summary>
    public Func<JsonObject, JsonNode?> Operand()
    {
        if (tokens.Peek.StartsWith(':'))
        {
            JsonNode value = placeholders.Value(tokens.Take(), tokens);
            return _ => value;
        }

        if (tokens.PeekSecond == "(" && tokens.TryTake("size"))
        {
            tokens.Expect("(");
            AttributePath path = Path();
            tokens.Expect(")");
            return item => path.Find(item) is { } value ? Size(value) : null;
        }

        return Path().Find;
    }

    public AttributePath Path()
    {
        List<object> steps = [Name()];
        while (true)
        {
            if (tokens.TryTake("."))
            {
                steps.Add(Name());
            }
            else if (tokens.TryTake("["))
            {
                steps.Add(int.TryParse(tokens.Take(), NumberStyles.None, CultureInfo.InvariantCulture, out int position)
                    ? position
                    : throw tokens.Invalid("Syntax error; a list position must be a number"));
                tokens.Expect("]");
            }
            else
            {
                return new AttributePath(steps);
            }
        }
    }

    private string Name()
    {
        string token = tokens.Take();
        return token switch
        {
            _ when token.StartsWith('#') => placeholders.Name(token, tokens),
            _ when !char.IsAsciiLetter(token[0]) && token[0] != '_' => throw tokens.Invalid($"Syntax error; token: \"{token}\""),
            _ when ReservedWords.Contains(token) => throw tokens.Invalid($"Attribute name is a reserved keyword; reserved keyword: {token}"),
            _ => token,
        };
    }

    private static JsonObject Size(JsonNode value)
    {
        int size = AttributeValues.TypeOf(value) switch
        {
            "L" or "SS" or "NS" or "BS" => AttributeValues.ContentOf(value).AsArray().Count,
            "M" => AttributeValues.ContentOf(value).AsObject().Count,
            _ => AttributeValues.SizeOf(value),
        };
        return new JsonObject { ["N"] = size.ToString(CultureInfo.InvariantCulture) };
    }
}
