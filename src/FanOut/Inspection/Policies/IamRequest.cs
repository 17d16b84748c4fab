using FanOut.Engine.Mappings;

namespace FanOut.Inspection.Policies;

/// <summary>What a role would ask for: an action on a resource, and what is known of the circumstances.</summary>
/// <param name="RoleArn">The role.</param>
/// <param name="Action">The action: <c>sqs:SendMessage</c>.</param>
/// <param name="Resource">The resource's ARN.</param>
internal sealed record IamRequest(string RoleArn, string Action, string Resource)
{
    private static readonly IReadOnlyDictionary<string, string[]> Nothing = new Dictionary<string, string[]>();

    /// <summary>Values of conditions' keys besides those that follow from role and resource; a key with no value is known to be absent.</summary>
    public IReadOnlyDictionary<string, string[]> Context { get; init; } = Nothing;

    /// <summary>The role's account.</summary>
    public string Account => Arn.TryParse(RoleArn, out Arn? role) ? role.Account : "";

    /// <summary>The values of a condition's key; empty: it is absent; null: they are not known.</summary>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html</remarks>
    public IReadOnlyList<string>? ValuesOf(string key)
    {
        foreach ((string name, string[] values) in Context)
        {
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return values;
            }
        }

        return key.ToUpperInvariant() switch
        {
            "AWS:PRINCIPALARN" => [RoleArn],
            "AWS:PRINCIPALACCOUNT" => [Account],
            "AWS:PRINCIPALTYPE" => ["AssumedRole"],
            "AWS:PRINCIPALISAWSSERVICE" or "AWS:VIAAWSSERVICE" => ["false"],
            "AWS:SECURETRANSPORT" => ["true"],
            "AWS:RESOURCEACCOUNT" when Arn.TryParse(Resource, out Arn? resource) && resource.Account.Length > 0 => [resource.Account],
            "AWS:REQUESTEDREGION" when Arn.TryParse(Resource, out Arn? resource) && resource.Region.Length > 0 => [resource.Region],

            // Only callers with a device or a browser have these; a function's role has neither.
            "AWS:MULTIFACTORAUTHPRESENT" or "AWS:MULTIFACTORAUTHAGE" or "AWS:REFERER" => [],
            _ => null,
        };
    }
}
