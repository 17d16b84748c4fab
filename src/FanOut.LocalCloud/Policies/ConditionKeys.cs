using System.Diagnostics.CodeAnalysis;

namespace FanOut.LocalCloud.Policies;

/// <summary>The condition keys that the stand-in knows.</summary>
internal static class ConditionKeys
{
    public const string SourceArn = "aws:SourceArn";
    public const string SourceAccount = "aws:SourceAccount";
    public const string PrincipalArn = "aws:PrincipalArn";
    public const string PrincipalAccount = "aws:PrincipalAccount";
    public const string RequestedRegion = "aws:RequestedRegion";
    public const string ExternalId = "sts:ExternalId";
    public const string RoleSessionName = "sts:RoleSessionName";
    public const string PassedToService = "iam:PassedToService";
    public const string Namespace = "cloudwatch:namespace";
    public const string LeadingKeys = "dynamodb:LeadingKeys";

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        SourceArn, SourceAccount, PrincipalArn, PrincipalAccount, RequestedRegion, ExternalId, RoleSessionName, PassedToService, Namespace, LeadingKeys,
    };

    public static bool IsKnown(string key) => Known.Contains(key);

    public static IEnumerable<string> All => Known.Order(StringComparer.Ordinal);

    [SuppressMessage("Globalization", "CA1308", Justification = "Only a form in which keys are compared.")]
    public static string Normalized(string key) => key.ToLowerInvariant();
}
