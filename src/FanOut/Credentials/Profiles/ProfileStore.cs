using System.Diagnostics.CodeAnalysis;
using FanOut.Errors;

namespace FanOut.Credentials.Profiles;

/// <summary>The profiles of the shared credential store; on Windows also those of the encrypted store that AWS.Tools writes.</summary>
/// <param name="files">Its files.</param>
/// <param name="isDefault">Whether its location was not given (-ProfileLocation): only then the encrypted store, which has a fixed location, is read too.</param>
internal sealed class ProfileStore(SharedFiles files, bool isDefault = false)
{
    // Read when first asked for: who gives keys and region needs no file, and whatever is in one.
    private readonly Lazy<Dictionary<string, Dictionary<string, string>>> _credentials = new(() => IniFile.Read(files.Credentials));
    private readonly Lazy<Dictionary<string, Dictionary<string, string>>> _config = new(() => IniFile.Read(files.Config));
    private readonly List<OddLine> _odd = [];

    /// <summary>The store for settings alone, of callers who have their keys from elsewhere: what cannot be read of the files is left out.</summary>
    public static ProfileStore OfSettings(SharedFiles files, bool isDefault) => new(files, isDefault, isForSettings: true);

    private ProfileStore(SharedFiles files, bool isDefault, bool isForSettings)
        : this(files, isDefault)
    {
        // The credentials file is there for keys. What cannot be read of it is no loss here.
        _credentials = new(() => IniFile.Read(files.Credentials, static _ => { }));
        _config = new(() => IniFile.Read(files.Config, _odd.Add));
    }

    /// <summary>Its files.</summary>
    public SharedFiles Files => files;

    /// <summary>The names of all profiles, sorted.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. _credentials.Value.Keys.Select(static k => NameOf(k, isCredentials: true)).Concat(_config.Value.Keys.Select(static k => NameOf(k, isCredentials: false)))
            .OfType<string>().Concat(isDefault ? EncryptedProfiles.Names() : []).Distinct().Order(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Finds a profile.</summary>
    /// <exception cref="FanOutException">CredentialFileInvalid: a line of a file cannot be read.</exception>
    public bool TryGet(string name, [NotNullWhen(true)] out Profile? profile)
    {
        if (isDefault && EncryptedProfiles.TryGet(name, out profile))
        {
            return true;
        }

        List<Dictionary<string, string>> found =
        [
            .. _config.Value.Where(s => NameOf(s.Key, isCredentials: false) == name).Select(static s => s.Value),

            // The credentials file comes last, because its settings win.
            .. _credentials.Value.Where(s => NameOf(s.Key, isCredentials: true) == name).Select(static s => s.Value),
        ];
        profile = found.Count == 0 ? null : new Profile(name, Whole(found));
        return profile is not null;
    }

    /// <summary>What of a profile, or what may have been it, could not be read of the config file; null: nothing.</summary>
    /// <param name="name">The profile's name, after it was looked for.</param>
    /// <param name="profile">The profile, if it was found.</param>
    public FanOutException? FindOdd(string name, Profile? profile) => _odd.Find(o => o.Heading is null
        ? profile is null
        : NameOf(o.Heading, isCredentials: false) == name || (profile is not null && (o.Heading == $"services {profile["services"]}")))?.Error;

    private Dictionary<string, string> Whole(IEnumerable<Dictionary<string, string>> parts)
    {
        Dictionary<string, string> whole = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string setting, string value) in parts.SelectMany(static p => p))
        {
            whole[setting] = value;
        }

        foreach ((string setting, string value) in Named("sso-session", "sso_session").Concat(Named("services", "services")))
        {
            whole[setting] = value;
        }

        return whole;

        IReadOnlyDictionary<string, string> Named(string kind, string setting) =>
            whole.TryGetValue(setting, out string? name) && _config.Value.TryGetValue($"{kind} {name}", out Dictionary<string, string>? section) ? section : new Dictionary<string, string>();
    }

    // [prod] in the credentials file, [profile prod] in the config file. "profile" is accepted in both; in the config file only [default] may stand without it.
    private static string? NameOf(string heading, bool isCredentials)
    {
        const string Before = "profile ";
        return heading.StartsWith(Before, StringComparison.Ordinal) ? heading[Before.Length..]
            : heading == Profile.Default || (isCredentials && !heading.StartsWith("sso-session ", StringComparison.Ordinal) && !heading.StartsWith("services ", StringComparison.Ordinal)) ? heading
            : null;
    }
}
