namespace FanOut.Destinations;

/// <summary>What a target could send to.</summary>
/// <param name="Name">Its name, which a look-up finds.</param>
/// <param name="Full">The destination in full: ARN, URL, <c>endpoint#</c>, <c>host:port</c>; null: it is not known without a look-up, or not yet.</param>
/// <param name="Note">What it is.</param>
internal sealed record ListedDestination(string Name, string? Full, string Note)
{
    /// <summary>Of a cache: the ids of its security groups; null: it is none, or <see cref="MemberCluster"/> knows them.</summary>
    public IReadOnlyList<string>? SecurityGroups { get; init; }

    /// <summary>Of a replication group: the id of one of its clusters; null: it is none.</summary>
    public string? MemberCluster { get; init; }
}
