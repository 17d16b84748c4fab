namespace FanOut.LocalCloud.Policies;

/// <summary>Patterns with <c>*</c> and <c>?</c>, as in policies.</summary>
internal static class Wildcard
{
    /// <summary>Whether the whole text matches the pattern.</summary>
    public static bool Matches(string text, string pattern, StringComparison comparison = StringComparison.Ordinal)
    {
        (int at, int pat, int star, int retry) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (pat < pattern.Length && pattern[pat] == '*')
            {
                (star, retry) = (pat++, at);
            }
            else if (pat < pattern.Length && (pattern[pat] == '?' || text.AsSpan(at, 1).Equals(pattern.AsSpan(pat, 1), comparison)))
            {
                at++;
                pat++;
            }
            else if (star >= 0)
            {
                (pat, at) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(pat).TrimStart('*').IsEmpty;
    }

    /// <summary>
    /// Whether an ARN matches a pattern. Each of the six parts is matched by itself: a star in the account does not extend to the resource
    /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN).
    /// </summary>
    public static bool MatchesArn(string arn, string pattern)
    {
        if (pattern == "*")
        {
            return true;
        }

        string[] parts = arn.Split(':', 6), patterns = pattern.Split(':', 6);
        return parts.Length == patterns.Length && parts.Zip(patterns).All(pair => Matches(pair.First, pair.Second));
    }
}
