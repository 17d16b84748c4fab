namespace FanOut.Inspection.Policies;

/// <summary>A condition of a statement.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html</remarks>
/// <param name="Operator">The operator, as it stands there: <c>ForAllValues:StringLikeIfExists</c>.</param>
/// <param name="Key">The key.</param>
/// <param name="Values">The values, of which one must fit.</param>
internal sealed record IamCondition(string Operator, string Key, IReadOnlyList<string> Values)
{
    private const string All = "ForAllValues:", Any = "ForAnyValue:", IfExists = "IfExists", Not = "Not";

    /// <summary>Whether it holds.</summary>
    public Truth Holds(IamRequest request)
    {
        bool isForAll = Operator.StartsWith(All, StringComparison.OrdinalIgnoreCase);
        string name = isForAll ? Operator[All.Length..] : Operator.StartsWith(Any, StringComparison.OrdinalIgnoreCase) ? Operator[Any.Length..] : Operator;
        bool ifExists = name.EndsWith(IfExists, StringComparison.OrdinalIgnoreCase);
        name = ifExists ? name[..^IfExists.Length] : name;
        if (request.ValuesOf(Key) is not { } known)
        {
            return Truth.Unknown;
        }

        if (name.Equals("Null", StringComparison.OrdinalIgnoreCase))
        {
            return Of(Values.Any(v => v.Equals(known.Count == 0 ? "true" : "false", StringComparison.OrdinalIgnoreCase)));
        }

        bool isNegative = name.Contains(Not, StringComparison.OrdinalIgnoreCase);
        if (known.Count == 0)
        {
            return Of(ifExists || isForAll || isNegative);
        }

        Truth[] each = [.. known.Select(value => FitsAny(name.Replace(Not, "", StringComparison.OrdinalIgnoreCase).ToUpperInvariant(), value, request))];
        return each.Contains(Truth.Unknown) ? Truth.Unknown : Of(isForAll ? each.All(t => t == Truth.Yes != isNegative) : isNegative && !Operator.StartsWith(Any, StringComparison.OrdinalIgnoreCase)
            ? each.All(static t => t == Truth.No) : each.Any(t => t == Truth.Yes != isNegative));
    }

    private static Truth Of(bool holds) => holds ? Truth.Yes : Truth.No;

    private Truth FitsAny(string name, string value, IamRequest request)
    {
        Truth[] each = [.. Values.Select(v => name switch
        {
            "STRINGEQUALS" when !v.Contains("${", StringComparison.Ordinal) => Of(v == value),
            "STRINGEQUALSIGNORECASE" or "BOOL" when !v.Contains("${", StringComparison.Ordinal) => Of(v.Equals(value, StringComparison.OrdinalIgnoreCase)),
            "STRINGLIKE" or "ARNLIKE" or "ARNEQUALS" => IamPattern.FitsWithVariables(v, value, request),
            _ => Truth.Unknown,
        })];
        return each.Contains(Truth.Yes) ? Truth.Yes : each.Contains(Truth.Unknown) ? Truth.Unknown : Truth.No;
    }
}
