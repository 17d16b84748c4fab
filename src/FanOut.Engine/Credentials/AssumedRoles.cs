using System.Collections.Concurrent;
using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using FanOut.Aws;

namespace FanOut.Engine.Credentials;

/// <summary>The roles that mappings name, assumed when they are first needed and renewed before they expire.</summary>
/// <remarks>
/// Credentials belong to a role <em>and</em> an external id: mappings may name the same role with different ids, and only the right
/// id may use it.
/// </remarks>
/// <param name="sts">The client; in the function's own region, see <see cref="CreateClient"/>.</param>
/// <param name="functionName">The function's name, which becomes part of the session names and so appears in the other account's CloudTrail.</param>
/// <param name="time">The clock.</param>
public sealed class AssumedRoles(IAmazonSecurityTokenService sts, string functionName, TimeProvider time)
{
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    private const int LongestSessionName = 64;

    private readonly ConcurrentDictionary<(string Role, string? ExternalId), AssumedRoleCredentials> _roles = new();
    private readonly string _sessionName = SessionName(functionName);

    /// <summary>A client for STS in the function's region: with the global endpoint the function would depend on a second region.</summary>
    /// <param name="region">The function's region.</param>
    /// <param name="credentials">The function's own credentials; null: those of the SDK's chain, in Lambda the environment's.</param>
    public static AmazonSecurityTokenServiceClient CreateClient(string region, AWSCredentials? credentials = null)
    {
        var config = new AmazonSecurityTokenServiceConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            HttpClientFactory = SharedHttpClientFactory.Instance,
        };
        return credentials is null ? new(config) : new(credentials, config);
    }

    /// <summary>The credentials of a role. Nothing is called yet: the first request that is signed with them assumes the role.</summary>
    /// <remarks>Getting them throws <see cref="AssumeRoleException"/> when the role cannot be assumed.</remarks>
    /// <param name="roleArn">The role's ARN.</param>
    /// <param name="externalId">The external id; null or empty: the role asks for none.</param>
    public AWSCredentials For(string roleArn, string? externalId) =>
        _roles.GetOrAdd(
            Key(roleArn, externalId), key => new AssumedRoleCredentials(sts, key.Role, key.ExternalId, _sessionName, time));

    /// <summary>
    /// Forgets the role's credentials, because a service does not accept them any more: they have expired or were revoked; the next request
    /// assumes the role again.
    /// </summary>
    /// <param name="roleArn">The role's ARN.</param>
    /// <param name="externalId">The external id.</param>
    /// <param name="accessKeyId">
    /// The access key that was not accepted. When the role has a newer one by now, it is kept: many requests may report the same old key.
    /// null: its credentials are forgotten whatever they are.
    /// </param>
    public void Invalidate(string roleArn, string? externalId, string? accessKeyId = null)
    {
        if (_roles.TryGetValue(Key(roleArn, externalId), out AssumedRoleCredentials? credentials))
        {
            credentials.Forget(accessKeyId);
        }
    }

    /// <summary><c>fanout-</c> and the function's name, limited to the characters and the length that STS allows.</summary>
    internal static string SessionName(string functionName)
    {
        ArgumentNullException.ThrowIfNull(functionName);
        string name = string.Concat("fanout-", functionName);
        return string.Create(Math.Min(name.Length, LongestSessionName), name, (session, all) =>
        {
            for (int i = 0; i < session.Length; i++)
            {
                session[i] = char.IsAsciiLetterOrDigit(all[i]) || "_+=,.@-".Contains(all[i], StringComparison.Ordinal) ? all[i] : '-';
            }
        });
    }

    private static (string Role, string? ExternalId) Key(string roleArn, string? externalId)
    {
        ArgumentException.ThrowIfNullOrEmpty(roleArn);
        return (roleArn, string.IsNullOrEmpty(externalId) ? null : externalId);
    }
}
