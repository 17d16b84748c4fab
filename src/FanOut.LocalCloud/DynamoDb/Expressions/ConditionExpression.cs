using System.Text;
using System.Text.Json.Nodes;

namespace FanOut.LocalCloud.DynamoDb.Expressions;

/// <summary>A condition, filter or key condition expression that has been read and can be evaluated for items.</summary>
/// <remarks>
/// condition  = and { OR and };  and = not { AND not };  not = [NOT] ( "(" condition ")" | function | comparison )
/// comparison = operand ( = | &lt;&gt; | &lt; | &lt;= | &gt; | &gt;= ) operand | operand BETWEEN operand AND operand | operand IN "(" operand { "," operand } ")"
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
/// </remarks>
internal sealed class ConditionExpression
{
    private readonly Tokens _tokens;
    private readonly OperandReader _operands;
    private readonly List<(string Attribute, string Operator)> _terms = [];
    private readonly Func<JsonObject, bool> _holds;

    private ConditionExpression(string expression, string parameter, Placeholders placeholders)
    {
        _tokens = new Tokens(expression, parameter);
        _operands = new OperandReader(_tokens, placeholders);
        _holds = ReadOr();
        _tokens.ExpectEnd();
    }

    /// <summary>Each comparison's attribute and operator, in order; key conditions are checked by them.</summary>
    public IReadOnlyList<(string Attribute, string Operator)> Terms => _terms;

    /// <summary>Whether OR or NOT occur.</summary>
    public bool HasAlternatives { get; private set; }

    /// <summary>The condition, or null when the request has none.</summary>
    /// <exception cref="ServiceException">ValidationException: it cannot be read.</exception>
    public static ConditionExpression? Read(string? expression, string parameter, Placeholders placeholders) =>
        expression is null ? null : new ConditionExpression(expression, parameter, placeholders);

    public bool Holds(JsonObject item) => _holds(item);

    private Func<JsonObject, bool> ReadOr()
    {
        Func<JsonObject, bool> left = ReadAnd();
        while (_tokens.TryTake("OR"))
        {
            HasAlternatives = true;
            (Func<JsonObject, bool> first, Func<JsonObject, bool> second) = (left, ReadAnd());
            left = item => first(item) || second(item);
        }

        return left;
    }

    private Func<JsonObject, bool> ReadAnd()
    {
        Func<JsonObject, bool> left = ReadNot();
        while (_tokens.TryTake("AND"))
        {
            (Func<JsonObject, bool> first, Func<JsonObject, bool> second) = (left, ReadNot());
            left = item => first(item) && second(item);
        }

        return left;
    }

    private Func<JsonObject, bool> ReadNot()
    {
        if (_tokens.TryTake("NOT"))
        {
            HasAlternatives = true;
            Func<JsonObject, bool> inner = ReadNot();
            return item => !inner(item);
        }

        if (_tokens.TryTake("("))
        {
            Func<JsonObject, bool> inner = ReadOr();
            _tokens.Expect(")");
            return inner;
        }

        return _tokens.PeekSecond == "(" && !_tokens.Peek.Equals("size", StringComparison.OrdinalIgnoreCase) ? ReadFunction() : ReadComparison();
    }

    private Func<JsonObject, bool> ReadFunction()
    {
        string function = _tokens.Take();
        _tokens.Expect("(");
        AttributePath path = _operands.Path();
        _terms.Add((path.Root, function));
        Func<JsonObject, JsonNode?>? second = _tokens.TryTake(",") ? _operands.Operand() : null;
        _tokens.Expect(")");
        return (function, second) switch
        {
            ("attribute_exists", null) => item => path.Find(item) is not null,
            ("attribute_not_exists", null) => item => path.Find(item) is null,
            ("attribute_type", { } type) => item => path.Find(item) is { } value && AttributeValues.TypeOf(value) == AttributeValues.TextOf(type(item)!),
            ("begins_with", { } prefix) => item => path.Find(item) is { } value && prefix(item) is { } start && BeginsWith(value, start),
            ("contains", { } part) => item => path.Find(item) is { } value && part(item) is { } wanted && Contains(value, wanted),
            _ => throw _tokens.Invalid($"Invalid function name or number of operands; function: {function}"),
        };
    }

    private Func<JsonObject, bool> ReadComparison()
    {
        string attribute = _tokens.Peek.StartsWith(':') ? "" : _tokens.Peek;
        int start = _terms.Count;
        Func<JsonObject, JsonNode?> left = Operand(ref attribute);
        if (_tokens.TryTake("BETWEEN"))
        {
            Func<JsonObject, JsonNode?> low = _operands.Operand();
            _tokens.Expect("AND");
            Func<JsonObject, JsonNode?> high = _operands.Operand();
            _terms.Insert(start, (attribute, "BETWEEN"));
            return item => Order(left(item), low(item)) >= 0 && Order(left(item), high(item)) <= 0;
        }

        if (_tokens.TryTake("IN"))
        {
            List<Func<JsonObject, JsonNode?>> choices = [];
            _tokens.Expect("(");
            do
            {
                choices.Add(_operands.Operand());
            }
            while (_tokens.TryTake(","));
            _tokens.Expect(")");
            _terms.Insert(start, (attribute, "IN"));
            return item => choices.Any(choice => Equal(left(item), choice(item)));
        }

        string comparator = _tokens.Take();
        Func<JsonObject, JsonNode?> right = _operands.Operand();
        _terms.Insert(start, (attribute, comparator));
        return comparator switch
        {
            "=" => item => Equal(left(item), right(item)),
            // An absent attribute differs from everything, even from another absent one.
            "<>" => item => !Equal(left(item), right(item)),
            "<" => item => Order(left(item), right(item)) < 0,
            "<=" => item => Order(left(item), right(item)) <= 0,
            ">" => item => Order(left(item), right(item)) > 0,
            ">=" => item => Order(left(item), right(item)) >= 0,
            _ => throw _tokens.Invalid($"Syntax error; token: \"{comparator}\""),
        };
    }

    private Func<JsonObject, JsonNode?> Operand(ref string attribute)
    {
        if (attribute.Length == 0 || _tokens.PeekSecond == "(")
        {
            attribute = "";
            return _operands.Operand();
        }

        AttributePath path = _operands.Path();
        attribute = path.Root;
        return path.Find;
    }

    private static bool Equal(JsonNode? left, JsonNode? right) => left is not null && right is not null && AttributeValues.AreEqual(left, right);

    private static int? Order(JsonNode? left, JsonNode? right) => left is null || right is null ? null : AttributeValues.Compare(left, right);

    private static bool BeginsWith(JsonNode value, JsonNode start)
    {
        string type = AttributeValues.TypeOf(value);
        return type == AttributeValues.TypeOf(start) && type is "S" or "B" && Bytes(value).AsSpan().StartsWith(Bytes(start));
    }

    private static bool Contains(JsonNode value, JsonNode part) => AttributeValues.TypeOf(value) switch
    {
        "S" => AttributeValues.TypeOf(part) == "S" && AttributeValues.TextOf(value).Contains(AttributeValues.TextOf(part), StringComparison.Ordinal),
        "L" => AttributeValues.ContentOf(value).AsArray().Any(element => AttributeValues.AreEqual(element!, part)),
        string set and ("SS" or "NS" or "BS") => AttributeValues.TypeOf(part) == set[..1] && AttributeValues.Elements(value).Contains(AttributeValues.TextOf(part)),
        _ => false,
    };

    private static byte[] Bytes(JsonNode value) => AttributeValues.TypeOf(value) == "S"
        ? Encoding.UTF8.GetBytes(AttributeValues.TextOf(value))
        : Convert.FromBase64String(AttributeValues.TextOf(value));
}
