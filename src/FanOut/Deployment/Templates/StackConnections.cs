using FanOut.Deployment.Policies;
using FanOut.Sources;

namespace FanOut.Deployment.Templates;

/// <summary>How a function is connected with its sources.</summary>
/// <param name="Streams">The event source mappings of its streams.</param>
/// <param name="Topics">The topics that invoke it.</param>
/// <param name="Invocations">How Lambda retries and reports what topics asked for: of the function, and of its alias.</param>
internal sealed record StackConnections(IReadOnlyList<StackStream> Streams, IReadOnlyList<StackTopic> Topics, IReadOnlyList<StackInvocations> Invocations)
{
    /// <summary>A function without sources.</summary>
    public static StackConnections None { get; } = new([], [], []);

    /// <summary>Whether all event source mappings ask which records failed.</summary>
    public bool Report => Streams.All(static s => s.Request.FunctionResponseTypes?.Contains(ReportingPlan.ResponseType) == true);

    /// <summary>The alias that sources call; null: they call the function itself, or several aliases and versions.</summary>
    public string? OnlyAlias => Qualifiers is [{ } only] && !int.TryParse(only, out _) ? only : null;

    /// <summary>What of the function is called: aliases and versions; null is the function itself.</summary>
    public IReadOnlyList<string?> Qualifiers => [.. Streams.Select(static s => s.Qualifier).Concat(Topics.Select(static t => t.Qualifier)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The streams, for the permissions that the function's role needs.</summary>
    public IReadOnlyList<ConnectedSource> Sources =>
        [.. Streams.Select(static s => new ConnectedSource(s.Request.EventSourceArn ?? "", s.Request.DestinationConfig?.OnFailure?.Destination))];

    /// <summary>ARNs of what Lambda tells, as the function's role, of messages of topics that it gave up.</summary>
    public IReadOnlyList<string> EventDestinations =>
        [.. Invocations.Select(static i => i.Settings.DestinationConfig?.OnFailure?.Destination).OfType<string>().Where(static d => d.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The same, where all event source mappings of streams ask which records failed.</summary>
    public StackConnections Reporting()
    {
        foreach (StackStream stream in Streams)
        {
            stream.Request.FunctionResponseTypes = [ReportingPlan.ResponseType];
        }

        return this;
    }
}
