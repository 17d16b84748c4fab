namespace FanOut.LocalCloud.Sts;

/// <summary>Temporary credentials, from AssumeRole or of a deployed function.</summary>
/// <param name="Role">The role assumed.</param>
/// <param name="Name">The session's name.</param>
/// <param name="ExternalId">The external id that was sent; null when none was.</param>
/// <param name="AccessKeyId">The access key's id; it is the <see cref="LoggedCall.AccessKeyId"/> of the calls that are signed with it.</param>
/// <param name="SessionToken">The token that must come with every call.</param>
/// <param name="Expiration">When they expire.</param>
public sealed record RoleSession(AssumableRole Role, string Name, string? ExternalId, string AccessKeyId, string SessionToken, DateTimeOffset Expiration)
{
    /// <summary>Whether the role is one of the stand-in's IAM.</summary>
    internal bool IsOfIamRole { get; init; }

    /// <summary>The secret; every secret is accepted.</summary>
    internal string SecretAccessKey => $"secret/{SessionToken}";
}
