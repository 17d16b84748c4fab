namespace FanOut.Inspection.Policies;

/// <summary>A statement of somebody's policy, as far as it is evaluated here.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html</remarks>
internal sealed record IamStatement
{
    /// <summary>Its id; null: it has none.</summary>
    public string? Sid { get; init; }

    /// <summary>Whether it denies.</summary>
    public required bool IsDeny { get; init; }

    /// <summary>The actions; with <see cref="IsNotAction"/> all but these.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Whether it stands for all actions but its own.</summary>
    public bool IsNotAction { get; init; }

    /// <summary>The resources; with <see cref="IsNotResource"/> all but these; empty: what the policy is attached to.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Whether it stands for all resources but its own.</summary>
    public bool IsNotResource { get; init; }

    /// <summary>Whom it is about, with <see cref="IsNotPrincipal"/> all but these; null: it is the policy of an identity.</summary>
    public IReadOnlyList<(string Kind, string Id)>? Principals { get; init; }

    /// <summary>Whether it is about all but its principals.</summary>
    public bool IsNotPrincipal { get; init; }

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<IamCondition> Conditions { get; init; } = [];

    /// <summary>Whether it is about a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="because">Which condition could not be told; null: none.</param>
    public Truth Concerns(IamRequest request, out string? because)
    {
        because = null;
        Truth truth = Truth.Yes;
        if (Actions.Any(a => IamPattern.Fits(a, request.Action, ignoreCase: true)) == IsNotAction)
        {
            return Truth.No;
        }

        if (Resources.Count > 0)
        {
            Truth fits = Resources.Select(r => IamPattern.FitsWithVariables(r, request.Resource, request)).Max();
            truth = !IsNotResource ? fits : fits == Truth.Yes ? Truth.No : fits == Truth.No ? Truth.Yes : Truth.Unknown;
            because = truth == Truth.Unknown ? $"a variable in {string.Join(", ", Resources.Where(static r => r.Contains("${", StringComparison.Ordinal)))}" : null;
        }

        foreach (IamCondition condition in Conditions)
        {
            Truth holds = condition.Holds(request);
            if (holds == Truth.No)
            {
                return Truth.No;
            }

            (truth, because) = holds == Truth.Unknown && truth != Truth.No ? (Truth.Unknown, $"the condition {condition.Operator} {condition.Key}") : (truth, because);
        }

        return truth;
    }

    /// <summary>Whether it is about a role, and whether by its own name (or everybody's) rather than its account's.</summary>
    /// <param name="request">Who asks.</param>
    public (Truth IsMeant, bool IsDirect) Means(IamRequest request)
    {
        if (Principals is null)
        {
            return (Truth.Yes, true);
        }

        bool isDirect = Principals.Any(p => p.Kind is "AWS" or "*" && (p.Id == "*" || p.Id == request.RoleArn));
        bool isOfAccount = Principals.Any(p => p.Kind == "AWS" && (p.Id == request.Account || (p.Id.StartsWith("arn:", StringComparison.Ordinal) && p.Id.EndsWith($":iam::{request.Account}:root", StringComparison.Ordinal))));
        return IsNotPrincipal ? (isDirect || isOfAccount ? Truth.Unknown : Truth.Yes, true) : (isDirect || isOfAccount ? Truth.Yes : Truth.No, isDirect);
    }
}
