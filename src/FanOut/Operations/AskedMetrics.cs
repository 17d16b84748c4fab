using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Registry;

namespace FanOut.Operations;

/// <summary>A function as metrics are asked for: its targets, who reads its sources, and what is wanted of it so far.</summary>
/// <param name="session">Who asks, in the function's region.</param>
/// <param name="function">The function's name.</param>
/// <param name="table">Its table of mappings, name or ARN.</param>
internal sealed class AskedMetrics(AwsSession session, string function, string table)
{
    private readonly HashSet<(MetricScope, string?, string?, string?)> _seen = [];
    private readonly List<MeasuredScope> _scopes = [];

    /// <summary>The rows of the table.</summary>
    public required IReadOnlyList<TargetRow> Rows { get; init; }

    /// <summary>The function's event source mappings; null: they were not needed so far.</summary>
    public IReadOnlyList<EventSourceMappingConfiguration>? EventSourceMappings { get; set; }

    /// <summary>Sources and destinations of which something was counted, and that no target has any more; null: they were not needed so far.</summary>
    public IReadOnlyList<(string SourceArn, string Destination)>? Past { get; set; }

    /// <summary>Its table.</summary>
    public string Table => table;

    /// <summary>Whether anything was asked for.</summary>
    public bool HasAny => _scopes.Count > 0;

    /// <summary>Asks for one thing more; what is asked for already comes once.</summary>
    public void Add(MeasuredScope scope)
    {
        if (_seen.Add((scope.Kind, scope.SourceArn, scope.Id, scope.IsRegistered ? null : string.Join(' ', scope.Ways))))
        {
            _scopes.Add(scope);
        }
    }

    /// <summary>Reads what was asked for.</summary>
    /// <param name="range">The time that is asked for.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public Task<IReadOnlyList<FanOutMetric>> ReadAsync(MetricRange range, CancellationToken cancellationToken) =>
        new MetricReader(session, function, table).ReadAsync(_scopes, range, cancellationToken);
}
