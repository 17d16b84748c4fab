namespace FanOut.LocalCloud.Lambda.Versions;

/// <summary>The versions and aliases of one function. Thread-safe.</summary>
internal sealed class FunctionVersions
{
    private readonly object _gate = new();
    private readonly SortedDictionary<int, FunctionVersion> _versions = [];
    private readonly SortedDictionary<string, FunctionAlias> _aliases = new(StringComparer.Ordinal);
    private int _last;

    public IReadOnlyList<FunctionVersion> All
    {
        get { lock (_gate) { return [.. _versions.Values]; } }
    }

    public IReadOnlyList<FunctionAlias> Aliases
    {
        get { lock (_gate) { return [.. _aliases.Values]; } }
    }

    /// <summary>The version with that number, or that of the alias with that name; null: there is none.</summary>
    public FunctionVersion? Find(string qualifier)
    {
        lock (_gate)
        {
            var name = _aliases.TryGetValue(qualifier, out var alias) ? alias.Version : qualifier;
            return int.TryParse(name, out var number) ? _versions.GetValueOrDefault(number) : null;
        }
    }

    /// <summary>The last version if nothing has changed since, else a new one.</summary>
    public FunctionVersion Publish(string fingerprint, Func<int, FunctionVersion> make)
    {
        lock (_gate)
        {
            return _versions.TryGetValue(_last, out var last) && last.Fingerprint == fingerprint ? last : _versions[++_last] = make(_last);
        }
    }

    /// <summary>Removes a version, unless an alias names it.</summary>
    /// <exception cref="ServiceException">ResourceConflictException: an alias names it.</exception>
    public FunctionVersion? Remove(int number)
    {
        lock (_gate)
        {
            var version = _versions.GetValueOrDefault(number);
            if (version is not null && _aliases.Values.FirstOrDefault(alias => alias.Version == version.Name) is { } alias)
            {
                throw new ServiceException("ResourceConflictException", $"Version {number} is referenced by the alias {alias.Name}; it cannot be deleted.", 409);
            }

            _versions.Remove(number);
            return version;
        }
    }

    public FunctionAlias? FindAlias(string name)
    {
        lock (_gate)
        {
            return _aliases.GetValueOrDefault(name);
        }
    }

    public bool TryAdd(FunctionAlias alias)
    {
        lock (_gate)
        {
            return _aliases.TryAdd(alias.Name, alias);
        }
    }

    public void Set(FunctionAlias alias)
    {
        lock (_gate)
        {
            _aliases[alias.Name] = alias;
        }
    }

    public void RemoveAlias(string name)
    {
        lock (_gate)
        {
            _aliases.Remove(name);
        }
    }
}
