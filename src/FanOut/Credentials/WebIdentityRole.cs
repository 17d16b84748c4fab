using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace FanOut.Credentials;

/// <summary>The credentials of a role that is assumed with a web identity token from a file, as in a pod of EKS or a job of GitHub Actions.</summary>
/// <param name="anonymous">A session without credentials, for STS.</param>
/// <param name="roleArn">The role.</param>
/// <param name="tokenFile">The file with the token. It is read each time, because EKS or GitHub replaces the token before it expires.</param>
/// <param name="sessionName">The session's name, which CloudTrail shows in the role's account; null: FanOut.</param>
internal sealed class WebIdentityRole(AwsSession anonymous, string roleArn, string tokenFile, string? sessionName) : RefreshingAWSCredentials
{
    /// <inheritdoc/>
    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var request = new AssumeRoleWithWebIdentityRequest
        {
            RoleArn = roleArn,
            RoleSessionName = sessionName ?? AssumedRole.DefaultSessionName,
            WebIdentityToken = (await File.ReadAllTextAsync(tokenFile, anonymous.StopToken).ConfigureAwait(false)).Trim(),
        };
        AssumeRoleWithWebIdentityResponse response = await anonymous.Sts.AssumeRoleWithWebIdentityAsync(request, anonymous.StopToken).ConfigureAwait(false);
        return AssumedRole.RefreshState(response.Credentials);
    }
}
