using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace FanOut.Credentials;

/// <summary>A role, assumed by the bearer of a token in a file, as in a pod of EKS or a job of GitHub.</summary>
/// <param name="anonymous">A session without credentials, for STS.</param>
/// <param name="roleArn">The role.</param>
/// <param name="tokenFile">The file with the token, which whoever wrote it keeps fresh.</param>
/// <param name="sessionName">What CloudTrail of the role's account shows; <see langword="null"/>: FanOut.</param>
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
