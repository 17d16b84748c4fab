using System.Text.Json;
using Amazon.Runtime;

namespace FanOut.Credentials;

/// <summary>The credentials of the EC2 instance's role.</summary>
/// <param name="metadata">The instance.</param>
/// <param name="role">The role's name.</param>
/// <param name="stopToken">Cancels the call.</param>
internal sealed class InstanceRole(InstanceMetadata metadata, string role, CancellationToken stopToken) : RefreshingAWSCredentials
{
    /// <inheritdoc/>
    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using JsonDocument given = await metadata.CredentialsAsync(role, stopToken).ConfigureAwait(false);
        return new CredentialsRefreshState(
            new ImmutableCredentials(Text("AccessKeyId"), Text("SecretAccessKey"), Text("Token")),
            given.RootElement.GetProperty("Expiration").GetDateTime().ToUniversalTime());

        string? Text(string name) => given.RootElement.GetProperty(name).GetString();
    }
}
