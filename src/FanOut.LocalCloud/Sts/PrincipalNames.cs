namespace FanOut.LocalCloud.Sts;

/// <summary>The names by which trust policies may mean somebody who assumes a role.</summary>
internal sealed record PrincipalNames(IReadOnlyList<(string Kind, string Name)> All)
{
    public static PrincipalNames Service(string principal) => new([("Service", principal)]);

    /// <summary>A signer: by its account, and where it is a session by its role and by itself.</summary>
    public static PrincipalNames Of(Identity identity)
    {
        string root = $"arn:{ArnText.Part(identity.Arn, 1)}:iam::{identity.AccountId}:root";
        string[] names = identity.RoleArn is { } role ? [identity.AccountId, root, role, identity.Arn] : [identity.AccountId, root];
        return new([.. names.Select(name => ("AWS", name))]);
    }
}
