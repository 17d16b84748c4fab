using System.Buffers;
using System.Text;

namespace FanOut.Engine.Mappings;

/// <summary>Which names an index can have.</summary>
/// <remarks>
/// The rules of OpenSearch's MetadataCreateIndexService, which are Elasticsearch's: https://docs.opensearch.org/latest/api-reference/index-apis/create-index/
/// and https://docs.aws.amazon.com/opensearch-service/latest/developerguide/indexing.html. An alias may have capitals there; here it may not, because a
/// name with capitals is an index's by mistake far more often.
/// </remarks>
public static class IndexName
{
    private const int MostBytes = 255;
    private const string ForbiddenText = "\\/*?\"<>| ,#:";
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(ForbiddenText);
    private static readonly SearchValues<byte> Usual = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    /// <summary>Whether the name is computed anew with each call, as <c>&lt;logs-{now/d}&gt;</c>.</summary>
    /// <remarks>https://www.elastic.co/guide/en/elasticsearch/reference/7.10/date-math-index-names.html</remarks>
    public static bool IsDateMath(string index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return index.Length > 2 && index[0] == '<' && index[^1] == '>';
    }

    /// <summary>Why there can be no index of that name: a sentence that follows it; null: there can.</summary>
    /// <param name="index">The name, not encoded.</param>
    public static string? ProblemOf(string index)
    {
        if (!IsDateMath(index))
        {
            return ProblemOfName(index);
        }

        return WithoutDates(index[1..^1]) is { } name
            ? ProblemOfName(name)
            : "its date math is not whole; dates stand in braces and begin with 'now', as in <logs-{now/d}>";
    }

    /// <summary>
    /// Why there can be no index of a name that was made of a record: a sentence that follows it and shows nothing of it; null: there can. The record can neither make
    /// date math of it nor lead it to a hidden index, whose name begins with a dot.
    /// </summary>
    /// <param name="name">The name, UTF-8.</param>
    /// <param name="template">What it was made of.</param>
    public static string? ProblemOf(ReadOnlySpan<byte> name, string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (name is [(byte)'.', ..] && !template.StartsWith('.'))
        {
            return "an index's name begins with a dot only where the mapping itself says so; such indices are hidden";
        }

        bool isUsual = name is [(>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9'), ..] && name.Length <= MostBytes && name.IndexOfAnyExcept(Usual) < 0;
        return isUsual ? null
            : Encoding.UTF8.GetString(name) is var text && text.AsSpan().IndexOfAny(Forbidden) >= 0 ? $"an index's name has none of {ForbiddenText}"
            : ProblemOfName(text);
    }

    private static string? ProblemOfName(string name) => name switch
    {
        "" or "." or ".." => "an index has a name that is more than dots",
        _ when name[0] is '_' or '-' or '+' => "an index's name does not begin with '_', '-' or '+'",
        _ when name.AsSpan().IndexOfAny(Forbidden) is var at and >= 0 => $"an index's name has no '{name[at]}', nor any other of {ForbiddenText}",
        _ when name.Any(static c => char.ToLowerInvariant(c) != c) => "an index's name has no capitals",
        _ when Encoding.UTF8.GetByteCount(name) > MostBytes => $"an index's name has at most {MostBytes} bytes",
        _ => null,
    };

    /// <summary>The name with digits for its dates; null: it is not whole.</summary>
    private static string? WithoutDates(string name)
    {
        var rest = new StringBuilder(name.Length);
        int depth = 0, begin = 0;
        for (int i = 0; i < name.Length; i++)
        {
            switch (name[i])
            {
                case '\\' when depth == 0 && i + 1 < name.Length:
                    rest.Append(name[++i]);
                    break;
                case '{':
                    begin = depth++ == 0 ? i + 1 : begin;
                    break;
                case '}' when depth == 0:
                    return null;
                case '}' when --depth == 0:
                    if (!name.AsSpan(begin, i - begin).StartsWith("now", StringComparison.Ordinal))
                    {
                        return null;
                    }

                    rest.Append('0');
                    break;
                case char c when depth == 0:
                    rest.Append(c);
                    break;
            }
        }

        return depth == 0 ? rest.ToString() : null;
    }
}
