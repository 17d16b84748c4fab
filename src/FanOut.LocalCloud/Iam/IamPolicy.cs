using System.Globalization;
using FanOut.LocalCloud.Policies;

namespace FanOut.LocalCloud.Iam;

/// <summary>A managed policy of an account. Thread-safe.</summary>
public sealed class IamPolicy
{
    private readonly object _gate = new();
    private readonly SortedDictionary<int, (ParsedPolicy Document, DateTimeOffset Created)> _versions = [];
    private int _default = 1;
    private int _last = 1;

    internal IamPolicy(string arn, string id, ParsedPolicy document, DateTimeOffset created)
    {
        (Arn, Id, Created) = (arn, id, created);
        _versions[1] = (document, created);
    }

    /// <summary>The ARN, with the path.</summary>
    public string Arn { get; }

    /// <summary>The name.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary>The path; <c>/</c> for none.</summary>
    public string Path => ArnText.Part(Arn, 5)["policy".Length..^Name.Length];

    /// <summary>The unique id, <c>ANPA…</c>.</summary>
    public string Id { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>The description; null for none.</summary>
    public string? Description { get; internal init; }

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The document of its default version.</summary>
    public string Document => Default.Text;

    /// <summary>The ids of its versions, the oldest first.</summary>
    public IReadOnlyList<string> Versions
    {
        get { lock (_gate) { return [.. _versions.Keys.Select(NameOf)]; } }
    }

    /// <summary>The id of its default version.</summary>
    public string DefaultVersion
    {
        get { lock (_gate) { return NameOf(_default); } }
    }

    internal ParsedPolicy Default
    {
        get { lock (_gate) { return _versions[_default].Document; } }
    }

    /// <summary>A version; null: there is none of that id.</summary>
    internal (ParsedPolicy Document, DateTimeOffset Created)? Version(string id)
    {
        lock (_gate)
        {
            return NumberOf(id) is { } number && _versions.TryGetValue(number, out (ParsedPolicy, DateTimeOffset) version) ? version : null;
        }
    }

    /// <summary>Adds a version.</summary>
    /// <returns>Its id; null: there are too many already.</returns>
    internal string? Add(ParsedPolicy document, bool isDefault, DateTimeOffset now, int most)
    {
        lock (_gate)
        {
            if (_versions.Count >= most)
            {
                return null;
            }

            _versions[++_last] = (document, now);
            _default = isDefault ? _last : _default;
            return NameOf(_last);
        }
    }

    internal void Remove(string version)
    {
        lock (_gate)
        {
            _versions.Remove(NumberOf(version)!.Value);
        }
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number}");

    private static int? NumberOf(string id) =>
        id.StartsWith('v') && int.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
