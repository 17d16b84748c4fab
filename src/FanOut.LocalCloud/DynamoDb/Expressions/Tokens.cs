using System.Text.RegularExpressions;

namespace FanOut.LocalCloud.DynamoDb.Expressions;

/// <summary>An expression's tokens, read one after the other.</summary>
internal sealed partial class Tokens
{
    private readonly string[] _tokens;
    private readonly string _parameter;
    private int _next;

    public Tokens(string expression, string parameter)
    {
        _parameter = parameter;
        List<string> tokens = [];
        int position = 0;
        while (position < expression.Length)
        {
            Match match = Token().Match(expression, position);
            if (!match.Success)
            {
                throw Invalid($"Syntax error; token: \"{expression[position]}\", near: \"{expression[position..]}\"");
            }

            position += match.Length;
            if (!string.IsNullOrWhiteSpace(match.Value))
            {
                tokens.Add(match.Value);
            }
        }

        _tokens = tokens.Count > 0 ? [.. tokens] : throw Invalid("The expression can not be empty;");
    }

    public bool AtEnd => _next == _tokens.Length;

    public string Peek => AtEnd ? "" : _tokens[_next];

    public string PeekSecond => _next + 1 < _tokens.Length ? _tokens[_next + 1] : "";

    public string Take() => AtEnd ? throw Invalid("Syntax error; token: <EOF>") : _tokens[_next++];

    /// <summary>Takes a keyword or a sign if it comes next.</summary>
    public bool TryTake(string token)
    {
        bool next = Peek.Equals(token, StringComparison.OrdinalIgnoreCase);
        _next += next ? 1 : 0;
        return next;
    }

    public void Expect(string token)
    {
        if (!TryTake(token))
        {
            throw Invalid($"Syntax error; token: \"{Peek}\", expected: \"{token}\"");
        }
    }

    public void ExpectEnd()
    {
        if (!AtEnd)
        {
            throw Invalid($"Syntax error; token: \"{Peek}\"");
        }
    }

    public ServiceException Invalid(string message) => new("ValidationException", $"Invalid {_parameter}: {message}");

    [GeneratedRegex(@"\G(\s+|[#:]?[A-Za-z0-9_]+|<>|<=|>=|[=<>(),.\[\]+-])")]
    private static partial Regex Token();
}
