namespace FanOut.LocalCloud.Sts;

/// <summary>Temporary credentials that AssumeRole gave out, or that a deployed function got.</summary>
/// <param name="Role">The role assumed.</param>
/// <param name="Name">The session's name.</param>
/// <param name="ExternalId">The external id that was sent; null when none was.</param>
/// <param name="AccessKeyId">The access key's id; calls signed with it carry it in <see cref="LoggedCall.AccessKeyId"/>.</param>
/// <param name="SessionToken">The token that must come with every call.</param>
/// <param name="Expiration">When they cease to be accepted.</param>
public sealed record RoleSession(AssumableRole Role, string Name, string? ExternalId, string AccessKeyId, string SessionToken, DateTimeOffset Expiration)
{
    /// <summary>Whether the role is one of the stand-in's IAM.</summary>
    internal bool IsOfIamRole { get; init; }

    /// <summary>The secret; every secret is accepted.</summary>
    internal string SecretAccessKey => $"secret/{SessionToken}";
}
