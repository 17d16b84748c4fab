using FanOut.Credentials.Profiles;

namespace FanOut.Completion;

/// <summary>Completes profiles of the shared credential store, in the files that -ProfileLocation and the environment name.</summary>
public sealed class ProfileCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed)
    {
        string? location = typed["ProfileLocation"] is { } path ? SessionVariables.Resolved(path) : null;
        var store = new ProfileStore(SharedFiles.Of(location, Environment.GetEnvironmentVariable), isDefault: location is null);
        return store.Names.Select(n => new Value(n, store.TryGet(n, out Profile? profile) ? profile.Description : ""));
    }
}
