using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>The credentials of a role, which is assumed when they are first needed and again before they expire.</summary>
/// <param name="by">The session that assumes the role.</param>
/// <param name="roleArn">The role.</param>
/// <param name="externalId">The external id that its trust policy asks for. Never shown.</param>
/// <param name="sessionName">The session's name, which CloudTrail shows in the role's account; null: FanOut.</param>
/// <param name="seconds">How long a session lasts. Default: one hour, the longest that AWS allows a role to have another role.</param>
internal sealed class AssumedRole(AwsSession by, string roleArn, string? externalId, string? sessionName = null, int seconds = 3600) : RefreshingAWSCredentials
{
    /// <summary>The session's name if no other is given.</summary>
    public const string DefaultSessionName = "FanOut";

    /// <inheritdoc/>
    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var request = new AssumeRoleRequest
        {
            RoleArn = roleArn,
            ExternalId = externalId,
            RoleSessionName = sessionName ?? DefaultSessionName,
            DurationSeconds = seconds,
        };
        try
        {
            AssumeRoleResponse response = await by.Sts.AssumeRoleAsync(request, by.StopToken).ConfigureAwait(false);
            return RefreshState(response.Credentials);
        }
        catch (AmazonServiceException e) when (e.ErrorCode is "AccessDenied" or "AccessDeniedException")
        {
            throw FanOutError.RoleDenied(roleArn, by.Identity, externalId is not null, e);
        }
    }

    /// <summary>The credentials of an answer of STS, with the time at which they expire.</summary>
    internal static CredentialsRefreshState RefreshState(Amazon.SecurityToken.Model.Credentials given) => new(
        new ImmutableCredentials(given.AccessKeyId, given.SecretAccessKey, given.SessionToken), given.Expiration!.Value.ToUniversalTime());
}
