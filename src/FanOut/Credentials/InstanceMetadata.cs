using System.Text.Json;

namespace FanOut.Credentials;

/// <summary>The metadata service (IMDSv2) of the EC2 instance. After one call without an answer it is not asked again.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html. Anywhere but on an instance nothing
/// answers at that address, so no call waits longer than <see cref="Patience"/>. AWSSDK.Core's own client waits longer, tries again, and
/// keeps the address of its first use.
/// </remarks>
/// <param name="environment">The environment's variables.</param>
/// <param name="time">The clock.</param>
internal sealed class InstanceMetadata(Func<string, string?> environment, TimeProvider time)
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const string Roles = "latest/meta-data/iam/security-credentials/";

    // Link-local: never through a proxy.
    private static readonly Lazy<HttpClient> Http = new(static () => new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, MaxResponseHeadersLength = 64 })
    {
        // Its documents have one or two KB.
        MaxResponseContentBufferSize = 64 * 1024,
    });

    private bool _isSilent;

    /// <summary>Why it is not asked, for messages; null while it may answer.</summary>
    public string? Silence => IsDisabled ? "AWS_EC2_METADATA_DISABLED is true" : _isSilent ? "no answer" : null;

    private bool IsDisabled => string.Equals(environment("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);

    private string Endpoint =>
        environment("AWS_EC2_METADATA_SERVICE_ENDPOINT") is { Length: > 0 } endpoint ? endpoint.TrimEnd('/')
        : string.Equals(environment("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"), "IPv6", StringComparison.OrdinalIgnoreCase) ? "http://[fd00:ec2::254]"
        : "http://169.254.169.254";

    /// <summary>The region of the instance; null: no answer.</summary>
    public string? Region() => Read("latest/meta-data/placement/region");

    /// <summary>The name of the instance's role; null: no answer, or no role.</summary>
    public string? Role() => Read(Roles)?.Split('\n')[0].Trim();

    /// <summary>The current credentials of the role.</summary>
    /// <returns>The document with <c>AccessKeyId</c>, <c>SecretAccessKey</c>, <c>Token</c>, <c>Expiration</c>.</returns>
    public async Task<JsonDocument> CredentialsAsync(string role, CancellationToken cancellationToken) =>
        JsonDocument.Parse(await ReadAsync(Roles + role, cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException($"The instance gives no credentials of its role {role}."));

    private string? Read(string path)
    {
        if (Silence is not null)
        {
            return null;
        }

        try
        {
            return ReadAsync(path, CancellationToken.None).GetAwaiter().GetResult() is { Length: > 0 } text ? text.Trim() : null;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or UriFormatException or InvalidOperationException)
        {
            _isSilent = true;
            return null;
        }
    }

    private async Task<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using HttpRequestMessage ask = new(HttpMethod.Put, $"{Endpoint}/latest/api/token") { Headers = { { "X-aws-ec2-metadata-token-ttl-seconds", "300" } } };
        using HttpResponseMessage token = await Http.Value.SendAsync(ask, both.Token).ConfigureAwait(false);
        token.EnsureSuccessStatusCode();
        using HttpRequestMessage get = new(HttpMethod.Get, $"{Endpoint}/{path}")
        {
            Headers = { { "X-aws-ec2-metadata-token", await token.Content.ReadAsStringAsync(both.Token).ConfigureAwait(false) } },
        };
        using HttpResponseMessage answer = await Http.Value.SendAsync(get, both.Token).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(both.Token).ConfigureAwait(false) : null;
    }
}
