namespace FanOut.LocalCloud.Sts;

/// <summary>The names with which a trust policy may name the caller who assumes a role.</summary>
internal sealed record PrincipalNames(IReadOnlyList<(string Kind, string Name)> All)
{
    public static PrincipalNames Service(string principal) => new([("Service", principal)]);

    /// <summary>The names of a signer: its account; for a session also its role, and the session itself.</summary>
    public static PrincipalNames Of(Identity identity)
    {
        string root = $"arn:{ArnText.Part(identity.Arn, 1)}:iam::{identity.AccountId}:root";
        string[] names = identity.RoleArn is { } role ? [identity.AccountId, root, role, identity.Arn] : [identity.AccountId, root];
        return new([.. names.Select(name => ("AWS", name))]);
    }
}
