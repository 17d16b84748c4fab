using System.Collections.Concurrent;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The statements of a function's own policy, by qualifier (empty: the function itself) and by id.</summary>
internal sealed class FunctionPermissions
{
    private readonly ConcurrentDictionary<(string Qualifier, string Id), string> _statements = new();

    public bool TryAdd(string qualifier, string id, string statement) => _statements.TryAdd((qualifier, id), statement);

    public bool Remove(string qualifier, string id) => _statements.TryRemove((qualifier, id), out _);

    public IReadOnlyList<string> Statements(string qualifier) =>
        [.. _statements.Where(statement => statement.Key.Qualifier == qualifier).OrderBy(statement => statement.Key.Id, StringComparer.Ordinal).Select(statement => statement.Value)];
}
