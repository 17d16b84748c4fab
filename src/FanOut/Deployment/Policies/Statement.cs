namespace FanOut.Deployment.Policies;

/// <summary>A statement of a policy; its effect is always Allow.</summary>
internal sealed record Statement
{
    /// <summary>Its id, unique in its document: letters and digits.</summary>
    public required string Sid { get; init; }

    /// <summary>Who is allowed; null except in trust policies.</summary>
    public Principal? Principal { get; init; }

    /// <summary>The actions that are allowed.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>The resources; empty in trust policies, which belong to their resource.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The condition; null: none.</summary>
    public Condition? Condition { get; init; }

    /// <summary>
    /// Makes one statement of all grants with the same purpose. The order of the grants does not matter: the same grants give the same statements.
    /// </summary>
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
