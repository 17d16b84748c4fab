using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>A role, assumed by a session's caller when it is first needed, and again before it expires.</summary>
/// <param name="by">Who assumes it, and in which region.</param>
/// <param name="roleArn">The role.</param>
/// <param name="externalId">The external id that its trust policy asks for. Never shown.</param>
/// <param name="sessionName">What CloudTrail of the role's account shows; <see langword="null"/>: FanOut.</param>
/// <param name="seconds">How long; an hour is the most that a role may have another one.</param>
internal sealed class AssumedRole(AwsSession by, string roleArn, string? externalId, string? sessionName = null, int seconds = 3600) : RefreshingAWSCredentials
{
    /// <summary>The name of a session unless another is given.</summary>
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

    /// <summary>What STS gave, until it expires.</summary>
    internal static CredentialsRefreshState RefreshState(Amazon.SecurityToken.Model.Credentials given) => new(
        new ImmutableCredentials(given.AccessKeyId, given.SecretAccessKey, given.SessionToken), given.Expiration!.Value.ToUniversalTime());
}
