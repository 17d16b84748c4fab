using System.Globalization;
using System.Text;

namespace FanOut.LocalCloud.Wire;

/// <summary>The parameters of a Query request: <c>Action=Publish&amp;TopicArn=…</c>.</summary>
public sealed class QueryForm
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _prefixes = new(StringComparer.Ordinal);

    /// <summary>Reads <c>application/x-www-form-urlencoded</c>.</summary>
    public QueryForm(ReadOnlySpan<byte> body)
    {
        foreach (string pair in Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = Decode(equals < 0 ? pair : pair[..equals]);
            _values[name] = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            for (int dot = name.Length; dot > 0 && _prefixes.Add(name[..dot]); dot = name.LastIndexOf('.', dot - 1))
            {
            }
        }
    }

    /// <summary>All parameters.</summary>
    internal IEnumerable<KeyValuePair<string, string>> All => _values;

    /// <summary>The value of a parameter, or null when it was not sent.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>The value of a required parameter.</summary>
    /// <exception cref="ServiceException">ValidationError: it was not sent.</exception>
    public string RequiredText(string name) => Text(name) ?? throw new ServiceException(
        "ValidationError", $"1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null");

    /// <summary>The prefixes of a list's members that were sent, in order: <c>Entries.member.1</c>, <c>Entries.member.2</c> …</summary>
    /// <param name="list">The list's own prefix, for example <c>Entries.member</c>.</param>
    public IReadOnlyList<string> Members(string list)
    {
        List<string> members = [];
        while (true)
        {
            string member = string.Create(CultureInfo.InvariantCulture, $"{list}.{members.Count + 1}");
            if (!_prefixes.Contains(member))
            {
                return members;
            }

            members.Add(member);
        }
    }

    /// <summary>The names and values of a map, <c>Attributes.entry.1.key</c> and <c>Attributes.entry.1.value</c>.</summary>
    public IReadOnlyDictionary<string, string> Map(string map)
    {
        Dictionary<string, string> entries = [];
        foreach (string member in Members($"{map}.entry"))
        {
            entries[RequiredText($"{member}.key")] = RequiredText($"{member}.value");
        }

        return entries;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
