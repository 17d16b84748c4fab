using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.SSO;
using Amazon.SSO.Model;
using Amazon.SSOOIDC;
using Amazon.Util;
using Amazon.Util.Internal;
using FanOut.Credentials.Profiles;

namespace FanOut.Credentials;

/// <summary>A role of IAM Identity Center, with the token that <c>aws sso login</c> left in its cache; the user is not asked to sign on.</summary>
/// <remarks>Made only for a profile that needs it, so that AWSSDK.SSO and AWSSDK.SSOOIDC are not loaded otherwise.</remarks>
/// <param name="anonymous">A session without credentials in the region of Identity Center.</param>
/// <param name="profile">The profile.</param>
/// <param name="account">The account.</param>
/// <param name="role">The role's name in it.</param>
/// <param name="startUrl">The URL of the page where users sign on.</param>
internal sealed class IdentityCenterRole(AwsSession anonymous, Profile profile, string account, string role, string startUrl) : RefreshingAWSCredentials
{
    /// <inheritdoc/>
    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var tokens = new AmazonSSOOIDCClient(new AnonymousAWSCredentials(), anonymous.Configure(new AmazonSSOOIDCConfig()));
        using var roles = new AmazonSSOClient(new AnonymousAWSCredentials(), anonymous.Configure(new AmazonSSOConfig()));
        var cache = new SSOTokenFileCache(CryptoUtilFactory.CryptoInstance, new FileRetriever(), new DirectoryRetriever());
        var options = new SSOTokenManagerGetTokenOptions
        {
            StartUrl = startUrl,
            Session = profile["sso_session"],
            Region = anonymous.Region,
            SupportsGettingNewToken = false,
        };
        SsoToken token = await new SSOTokenManager(tokens, cache).GetTokenAsync(options, anonymous.StopToken).ConfigureAwait(false);
        GetRoleCredentialsResponse response = await roles.GetRoleCredentialsAsync(
            new GetRoleCredentialsRequest { AccessToken = token.AccessToken, AccountId = account, RoleName = role }, anonymous.StopToken).ConfigureAwait(false);
        RoleCredentials given = response.RoleCredentials;
        return new CredentialsRefreshState(
            new ImmutableCredentials(given.AccessKeyId, given.SecretAccessKey, given.SessionToken),
            DateTimeOffset.FromUnixTimeMilliseconds(given.Expiration!.Value).UtcDateTime);
    }
}
