using FanOut.Engine.Mappings;

namespace FanOut.Inspection.Policies;

/// <summary>Evaluates policies by their documents, as IAM does: a denial wins, then what is allowed.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html. The organization's policies and those of VPC endpoints are not among them.</remarks>
internal static class EvaluatePolicies
{
    /// <summary>What documents say to a request.</summary>
    public static IamAnswer Of(IEnumerable<IamDocument> documents, IamRequest request)
    {
        IamAnswer? allowed = null, unknown = null;
        foreach (IamDocument document in documents)
        {
            foreach (IamStatement statement in document.Statements)
            {
                (Truth meant, bool isDirect) = statement.Means(request);
                Truth truth = statement.Concerns(request, out string? because);
                truth = (Truth)Math.Min((int)truth, (int)meant);
                if (truth == Truth.Yes && statement.IsDeny)
                {
                    return new IamAnswer(IamDecision.Denied, $"{Name(statement, document)} denies it");
                }

                if (truth == Truth.Unknown)
                {
                    unknown ??= new IamAnswer(IamDecision.Unknown, $"{Name(statement, document)} {(statement.IsDeny ? "denies" : "allows")} it or not by {because ?? "its NotPrincipal"}, which cannot be evaluated here");
                    unknown = statement.IsDeny ? unknown with { IsDirect = true } : unknown;
                }
                else if (truth == Truth.Yes && allowed is not { IsDirect: true })
                {
                    allowed = new IamAnswer(IamDecision.Allowed, null, isDirect);
                }
            }
        }

        // What may be denied is not known, whatever is allowed; what may be allowed only counts where nothing else allows it.
        return unknown is { IsDirect: true } ? unknown with { IsDirect = false } : allowed ?? unknown ?? new IamAnswer(IamDecision.NotAllowed);
    }

    /// <summary>What a role's own policies and that of a resource come to.</summary>
    /// <param name="role">What the role's policies say.</param>
    /// <param name="resource">What the resource's policy says; null: it has none.</param>
    /// <param name="isSameAccount">Whether role and resource are of the same account; where not, both must allow it.</param>
    /// <param name="mustAllow">Whether the resource's policy must allow it in any case, as a key's must.</param>
    public static IamAnswer Together(IamAnswer role, IamAnswer? resource, bool isSameAccount, bool mustAllow = false)
    {
        IamAnswer[] both = [role, .. resource is null ? Array.Empty<IamAnswer>() : [resource]];
        if (Array.Find(both, static a => a.Decision == IamDecision.Denied) is { } denied)
        {
            return denied;
        }

        if (isSameAccount && resource is { Decision: IamDecision.Allowed, IsDirect: true })
        {
            return resource;
        }

        if (isSameAccount && !mustAllow)
        {
            return role.Decision != IamDecision.Allowed && resource is { Decision: IamDecision.Unknown } ? resource : role;
        }

        return role.Decision != IamDecision.Allowed ? role : resource ?? new IamAnswer(IamDecision.NotAllowed);
    }

    /// <summary>Whether two ARNs are of the same account; an ARN without one, such as a bucket's, counts as of the same.</summary>
    public static bool AreOfOneAccount(string one, string other) =>
        !Arn.TryParse(one, out Arn? first) || !Arn.TryParse(other, out Arn? second) || first.Account.Length == 0 || second.Account.Length == 0 || first.Account == second.Account;

    private static string Name(IamStatement statement, IamDocument document) =>
        statement.Sid is { Length: > 0 } sid ? $"the statement {sid} of {document.Name}" : $"a statement of {document.Name}";
}
