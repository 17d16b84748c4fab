namespace FanOut.Deployment.Policies;

/// <summary>A statement of a policy, always an allowance.</summary>
internal sealed record Statement
{
    /// <summary>Its id, unique in its document: letters and digits.</summary>
    public required string Sid { get; init; }

    /// <summary>Who is allowed; only in trust policies.</summary>
    public Principal? Principal { get; init; }

    /// <summary>What is allowed.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>On what; none in trust policies, which lie on their resource.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>When; none: always.</summary>
    public Condition? Condition { get; init; }

    /// <summary>Puts grants of the same purpose together. Whatever the order of the grants, the same ones give the same statements.</summary>
    public static IReadOnlyList<Statement> Of(IEnumerable<Grant> grants) =>
    [
        .. grants.GroupBy(static g => (g.Sid, Actions: string.Join(' ', g.Actions.Order(StringComparer.Ordinal)), g.Condition))
            .Select(static g => new Statement
            {
                Sid = g.Key.Sid,
                Actions = [.. g.First().Actions.Distinct().Order(StringComparer.Ordinal)],
                Resources = [.. g.Select(static r => r.Resource).Distinct().Order(StringComparer.Ordinal)],
                Condition = g.Key.Condition,
            })
            .OrderBy(static s => s.Sid, StringComparer.Ordinal),
    ];
}
