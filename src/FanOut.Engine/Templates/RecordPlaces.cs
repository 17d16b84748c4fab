using System.Buffers;
using System.Text;

namespace FanOut.Engine.Templates;

/// <summary>The values of a record in a text, such as <c>&lt;data.country&gt;</c> in <c>orders-&lt;data.country&gt;</c>.</summary>
/// <remarks>What stands between <c>&lt;</c> and <c>&gt;</c> with braces in it is none: an index has its date math there.</remarks>
public static class RecordPlaces
{
    private static readonly string[] Roots = ["data", "keys", "newImage", "oldImage", "dynamodb", "fanout"];
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("<>\"\\ \t\r\n");

    /// <summary>Whether a text has one.</summary>
    public static bool Has(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (int i = 0; i < text.Length; i++)
        {
            if (IsOne(text, i, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text is one and nothing else.</summary>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && IsOne(text, 0, out int length) && length == text.Length;
    }

    /// <summary>The text with something in place of each of them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">What takes the place of a value; null: they stay as they are.</param>
    /// <param name="literal">What is made of the text between them; null: it stays as it is.</param>
    public static string Fill(string text, string? value, Func<string, string>? literal = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var filled = new StringBuilder(text.Length);
        int first = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (IsOne(text, i, out int length))
            {
                Add(text[first..i]);
                filled.Append(value ?? text.Substring(i, length));
                first = i + length;
                i = first - 1;
            }
        }

        Add(text[first..]);
        return filled.ToString();

        void Add(string piece) => filled.Append(literal is null || piece.Length == 0 ? piece : literal(piece));
    }

    /// <summary>A value of a record of which the end is missing, such as <c>&lt;data.country</c>; null: there is none.</summary>
    public static string? FindHalf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (int i = 0; i < text.Length; i++)
        {
            if (IsHalf(text, i, out string half))
            {
                return half;
            }
        }

        return null;
    }

    /// <summary>Says what is wrong with a value of which the end is missing: a sentence without its subject and full stop.</summary>
    public static string ProblemOfHalf(string half) => $"has '{half}' with no '>' behind it; a value of the record stands between < and >";

    /// <summary>Takes what is written as a placeholder, whatever stands in it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where it may begin.</param>
    /// <param name="name">What stands between the brackets.</param>
    internal static bool TryTake(string text, int position, out ReadOnlySpan<char> name)
    {
        name = default;
        if (text[position] != '<')
        {
            return false;
        }

        ReadOnlySpan<char> rest = text.AsSpan(position + 1);
        int length = rest.IndexOfAny(NotInNames);
        if (length <= 0 || rest[length] != '>')
        {
            return false;
        }

        name = rest[..length];
        return true;
    }

    // Only what begins like a path of a record is: a lone < may be meant.
    internal static bool IsHalf(string text, int position, out string half)
    {
        half = "";
        if (text[position] != '<' || TryTake(text, position, out _))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text.AsSpan(position + 1);
        int length = rest.IndexOfAny(NotInNames) is var at and >= 0 ? at : rest.Length;
        half = $"<{rest[..length]}";
        string name = half.StartsWith("<$.", StringComparison.Ordinal) ? half[3..] : half[1..];
        return Array.Exists(Roots, root => name.Length > root.Length + 1 && name.StartsWith(root, StringComparison.Ordinal) && name[root.Length] is '.' or '[');
    }

    private static bool IsOne(string text, int position, out int length)
    {
        bool isOne = TryTake(text, position, out ReadOnlySpan<char> name) && name.IndexOfAny('{', '}') < 0;
        length = name.Length + 2;
        return isOne;
    }
}
