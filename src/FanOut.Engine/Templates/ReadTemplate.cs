using System.Text;
using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Engine.Templates;

/// <summary>Takes a template apart into text and values.</summary>
/// <remarks>
/// As in EventBridge, a template that begins with a brace, a bracket or a quote is JSON, in which values may stand where a value of JSON stands and within
/// strings, but not within names; blanks between its tokens are left out. Any other template is text, which EventBridge does not have.
/// </remarks>
internal sealed class ReadTemplate(string template, ReadVariables variables)
{
    private readonly List<TemplatePart> _parts = [];
    private readonly StringBuilder _literal = new();

    // The template with something that is JSON in place of each value, to see whether all of it is JSON.
    private readonly StringBuilder _probe = new();

    /// <summary>The template's parts, in order.</summary>
    /// <param name="isJson">Whether what it makes is JSON.</param>
    /// <exception cref="InvalidTransformException">It is neither JSON nor text, or has a value that does not exist.</exception>
    public IReadOnlyList<TemplatePart> Read(out bool isJson)
    {
        isJson = template.AsSpan().TrimStart() is ['{' or '[' or '"', ..];
        if (isJson)
        {
            ReadJson();
            CheckJson();
        }
        else
        {
            ReadText();
        }

        EndLiteral();
        return _parts;
    }

    /// <summary>The parts of a template that is text, however it begins.</summary>
    /// <exception cref="InvalidTransformException">It has a value that does not exist.</exception>
    public IReadOnlyList<TemplatePart> ReadAsText()
    {
        ReadText();
        EndLiteral();
        return _parts;
    }

    private void ReadText()
    {
        for (int i = 0; i < template.Length; i++)
        {
            if (TryTakeName(ref i, out string name))
            {
                Add(name, Place.Text);
            }
            else
            {
                _literal.Append(template[i]);
            }
        }
    }

    private void ReadJson()
    {
        (bool inString, bool hasValue) = (false, false);
        for (int i = 0; i < template.Length; i++)
        {
            char next = template[i];
            if (TryTakeName(ref i, out string name))
            {
                hasValue |= inString;
                Add(name, inString ? Place.JsonString : Place.Json);
                _probe.Append(inString ? "0" : " null ");
                continue;
            }

            _probe.Append(next);
            if (inString || next is not (' ' or '\t' or '\r' or '\n'))
            {
                _literal.Append(next);
            }

            if (next == '\\' && inString && i + 1 < template.Length)
            {
                _literal.Append(template[++i]);
                _probe.Append(template[i]);
            }
            else if (next == '"')
            {
                if (inString && hasValue && template.AsSpan(i + 1).TrimStart() is [':', ..])
                {
                    throw new InvalidTransformException("has a value in the name of a field, where only text may stand");
                }

                (inString, hasValue) = (!inString, false);
            }
        }
    }

    private void CheckJson()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(_probe.ToString());
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidTransformException(
                $"has an inputTemplate that begins as JSON, but is none: {e.Message.TrimEnd('.')}. In JSON text stands in quotes, and names of values may stand there too");
        }
    }

    // <name>; anything else that begins with < is text.
    private bool TryTakeName(ref int position, out string name)
    {
        bool isName = RecordPlaces.TryTake(template, position, out ReadOnlySpan<char> taken);
        name = taken.ToString();
        if (!isName && RecordPlaces.IsHalf(template, position, out string half))
        {
            throw new InvalidTransformException(RecordPlaces.ProblemOfHalf(half));
        }

        position += isName ? taken.Length + 1 : 0;
        return isName;
    }

    private void Add(string name, Place place)
    {
        int value = variables.Find(name, out ReadOnlyMemory<byte> literal);
        if (value >= 0)
        {
            EndLiteral();
            _parts.Add(new TemplatePart(default, value, place));
            return;
        }

        byte[] escaped = new byte[JsonEscape.LengthOf(literal.Span)];
        string text = Encoding.UTF8.GetString(place == Place.Text ? literal.Span : escaped.AsSpan(0, JsonEscape.Write(literal.Span, escaped)));
        _literal.Append(place == Place.Json ? $"\"{text}\"" : text);
    }

    private void EndLiteral()
    {
        if (_literal.Length > 0)
        {
            _parts.Add(new TemplatePart(Encoding.UTF8.GetBytes(_literal.ToString()), -1, default));
            _literal.Clear();
        }
    }
}
