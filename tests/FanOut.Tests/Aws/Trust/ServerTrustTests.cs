using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FanOut.Aws;
using FanOut.Aws.Trust;

namespace FanOut.Tests.Aws.Trust;

/// <summary>Which servers are trusted: real TLS, with authorities of the tests' own in the place of Amazon's and of the system's.</summary>
public sealed class ServerTrustTests : IDisposable
{
    private const string Kinesis = "kinesis.eu-west-1.amazonaws.com";

    private readonly CertificateAuthority _amazon = new("Amazon", hasIntermediate: true), _system = new("System"), _unknown = new("Unknown");
    private int _askedSystem;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _amazon.Dispose();
        _system.Dispose();
        _unknown.Dispose();
    }

    [Theory]
    [InlineData("kinesis.eu-west-1.amazonaws.com")]
    [InlineData("bucket.s3.cn-north-1.amazonaws.com.cn")]
    [InlineData("lambda.eusc-de-east-1.amazonaws.eu")]
    [InlineData("x.aos.us-east-1.on.aws")]
    public async Task A_host_of_AWS_with_a_certificate_of_Amazons_is_trusted_without_the_systems_store(string host)
    {
        await using TlsServer server = new(_amazon.Issue(host), _amazon.Intermediates);

        Assert.Equal("ok", await GetAsync(server, host));
        Assert.Equal(0, _askedSystem);
    }

    [Fact]
    public async Task A_host_of_AWS_with_a_certificate_of_another_authority_is_looked_up_in_the_systems_store()
    {
        await using TlsServer server = new(_system.Issue(Kinesis));

        Assert.Equal("ok", await GetAsync(server, Kinesis));
        Assert.Equal(1, _askedSystem);
    }

    [Fact]
    public async Task Many_connections_at_once_do_not_change_what_each_other_trust()
    {
        await using TlsServer amazons = new(_amazon.Issue(Kinesis), _amazon.Intermediates), systems = new(_system.Issue(Kinesis)), unknown = new(_unknown.Issue(Kinesis));
        ServerTrust trust = Trust();
        TlsServer[] servers = [amazons, systems, unknown];

        string[] answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            try
            {
                return await GetAsync(servers[i % 3], Kinesis, trust);
            }
            catch (HttpRequestException e)
            {
                return e.HttpRequestError.ToString();
            }
        }));

        Assert.All(answers.Index(), a => Assert.Equal(a.Index % 3 == 2 ? "SecureConnectionError" : "ok", a.Item));
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        await using TlsServer server = new(_amazon.Issue("sqs.eu-west-1.amazonaws.com"), _amazon.Intermediates);

        Assert.Equal(
            "No TLS connection to kinesis.eu-west-1.amazonaws.com. The server's certificate (CN=sqs.eu-west-1.amazonaws.com) is not trusted: it is for another host.",
            await RefusalAsync(server, Kinesis));
        Assert.Equal(0, _askedSystem);
    }

    [Fact]
    public async Task A_certificate_of_the_systems_for_another_host_is_refused()
    {
        await using TlsServer server = new(_system.Issue("sqs.eu-west-1.amazonaws.com"));

        Assert.Contains("it is for another host", await RefusalAsync(server, Kinesis), StringComparison.Ordinal);
        Assert.Equal(0, _askedSystem);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_refused()
    {
        await using TlsServer server = new(_amazon.Issue(Kinesis, until: TimeProvider.System.GetUtcNow().AddDays(-1)), _amazon.Intermediates);

        Assert.Contains("NotTimeValid", await RefusalAsync(server, Kinesis), StringComparison.Ordinal);
        Assert.Equal(0, _askedSystem);
    }

    [Fact]
    public async Task A_certificate_of_the_systems_that_has_expired_is_refused()
    {
        await using TlsServer server = new(_system.Issue(Kinesis, until: TimeProvider.System.GetUtcNow().AddDays(-1)));

        Assert.Contains("NotTimeValid", await RefusalAsync(server, Kinesis), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_without_an_authority_is_refused()
    {
        await using TlsServer server = new(CertificateAuthority.SelfSigned(Kinesis));

        Assert.Contains("UntrustedRoot", await RefusalAsync(server, Kinesis), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_whose_intermediate_is_not_sent_is_refused()
    {
        await using TlsServer server = new(_amazon.Issue(Kinesis));

        Assert.Contains("PartialChain", await RefusalAsync(server, Kinesis), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_an_authority_that_the_machine_does_not_know_is_refused()
    {
        await using TlsServer server = new(_unknown.Issue(Kinesis));

        // The real store of this machine, loaded for it.
        Assert.Contains("PartialChain", await RefusalAsync(server, Kinesis, new ServerTrust(static _ => null)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_AWSs_is_not_trusted_for_a_certificate_of_Amazons()
    {
        await using TlsServer server = new(_amazon.Issue("search.example.com"), _amazon.Intermediates);

        Assert.StartsWith("No TLS connection to search.example.com.", await RefusalAsync(server, "search.example.com"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_bundle_of_the_users_nothing_else_counts()
    {
        using TemporaryFolder folder = new();
        string bundle = Path.Join(folder.Path, "bundle.pem");
        await File.WriteAllTextAsync(bundle, _unknown.Root.ExportCertificatePem(), Cancellation);
        ServerTrust trust = Trust((ServerTrust.BundleVariable, bundle));
        await using TlsServer mine = new(_unknown.Issue(Kinesis)), my = new(_unknown.Issue("localhost")), amazons = new(_amazon.Issue(Kinesis), _amazon.Intermediates);

        Assert.Equal("ok", await GetAsync(mine, Kinesis, trust));
        Assert.Equal("ok", await GetAsync(my, "localhost", trust));
        await RefusalAsync(amazons, Kinesis, trust);
        Assert.Equal(0, _askedSystem);
    }

    [Theory]
    [InlineData(null, "which cannot be read")]
    [InlineData("", "in which there is no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "which cannot be read")]
    public void A_bundle_that_is_none_is_named(string? content, string problem)
    {
        using TemporaryFolder folder = new();
        string bundle = Path.Join(folder.Path, "bundle.pem");
        if (content is not null)
        {
            File.WriteAllText(bundle, content);
        }

        FormatException e = Assert.Throws<FormatException>(() => Trust((ServerTrust.BundleVariable, bundle)));
        Assert.StartsWith($"The environment variable AWS_CA_BUNDLE is '{bundle}', {problem}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_user_says_of_the_systems_store_counts_for_AWSs_hosts_too()
    {
        using TemporaryFolder folder = new();
        string full = Path.Join(folder.Path, "full.pem"), empty = Path.Join(folder.Path, "empty.pem");
        File.WriteAllText(full, _unknown.Root.ExportCertificatePem());
        File.WriteAllText(empty, "");

        Assert.Null(Trust(("SSL_CERT_FILE", full)).ForAws().CertificateChainPolicy);
        Assert.Null(Trust(("SSL_CERT_DIR", folder.Path)).ForAws().CertificateChainPolicy);
        Assert.Null(Trust(("SSL_CERT_FILE", full)).For("my.cache.amazonaws.com", X509RevocationMode.Online));

        // As Lambda's runtimes for .NET set it.
        Assert.NotNull(Trust(("SSL_CERT_FILE", empty)).ForAws().CertificateChainPolicy);
        Assert.NotNull(Trust(("SSL_CERT_FILE", Path.Join(folder.Path, "missing.pem"))).ForAws().CertificateChainPolicy);
    }

    [Theory]
    [InlineData("master.my.abc.euw1.cache.amazonaws.com", true)]
    [InlineData("my.serverless.euw1.cache.amazonaws.com.cn", true)]
    [InlineData("amazonaws.com", false)]
    [InlineData("kinesis.amazonaws.com.example.com", false)]
    [InlineData("notamazonaws.com", false)]
    [InlineData("redis.example.com", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("", false)]
    public void Caches_at_AWSs_hosts_are_checked_as_AWSs_hosts_are(string host, bool isOfAws)
    {
        SslClientAuthenticationOptions? options = Trust().For(host, X509RevocationMode.Online);

        Assert.Equal(isOfAws ? (host, X509RevocationMode.Online) : ((string, X509RevocationMode)?)null, options is null ? null : (options.TargetHost!, options.CertificateChainPolicy!.RevocationMode));
    }

    [Fact]
    public void The_domains_are_those_of_all_partitions()
    {
        IEnumerable<string> suffixes = FanOut.Engine.Mappings.Partition.All.SelectMany(static p => new[] { p.DnsSuffix, p.DualStackSuffix }).Append("on.aws");

        Assert.Equal(suffixes.Distinct().Order(StringComparer.Ordinal), AwsDomains.All.Order(StringComparer.Ordinal));
    }

    /// <summary>The hashes of the public keys, as https://www.amazontrust.com/repository/ has them.</summary>
    [Fact]
    public void The_roots_are_Amazons()
    {
        Assert.Equal(
            [
                "Amazon Root CA 1 2038-01-17 fbe3018031f9586bcbf41727e417b7d1c45c2f47f93be372a17b96b50757d5a2",
                "Amazon Root CA 2 2040-05-26 7f4296fc5b6a4e3b35d3c369623e364ab1af381d8fa7121533c9d6c633ea2461",
                "Amazon Root CA 3 2040-05-26 36abc32656acfc645c61b71613c4bf21c787f5cabbee48348d58597803d7abc9",
                "Amazon Root CA 4 2040-05-26 f7ecded5c66047d28ed6466b543c40e0743abe81d109254dcf845d4c2c7853c5",
                "Starfield Services Root Certificate Authority - G2 2037-12-31 2b071c59a0a0ae76b0eadb2bad23bad4580b69c3601b630c2eaf0613afa83f92",
            ],
            AmazonRoots.Read().Select(static r => $"{r.GetNameInfo(X509NameType.SimpleName, false)} {r.NotAfter.ToUniversalTime():yyyy-MM-dd} "
                + Convert.ToHexStringLower(SHA256.HashData(r.PublicKey.ExportSubjectPublicKeyInfo()))));
    }

    private ServerTrust Trust(params (string Name, string Value)[] variables) => new(
        name => variables.FirstOrDefault(v => v.Name == name).Value,
        () => _amazon.Roots,
        policy =>
        {
            Interlocked.Increment(ref _askedSystem);
            policy.CustomTrustStore.AddRange(_system.Roots);
        });

    private async Task<string> GetAsync(TlsServer server, string host, ServerTrust? trust = null)
    {
        using HttpClient client = new(SharedHttpClientFactory.Connections(trust ?? Trust(), pool => pool.ConnectCallback = (_, token) => server.ConnectAsync(token)));
        return await client.GetStringAsync(new Uri($"https://{host}/"), Cancellation);
    }

    private async Task<string> RefusalAsync(TlsServer server, string host, ServerTrust? trust = null)
    {
        HttpRequestException refusal = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(server, host, trust));
        Assert.Equal(HttpRequestError.SecureConnectionError, refusal.HttpRequestError);
        Assert.IsType<AuthenticationException>(refusal.InnerException?.InnerException);
        return refusal.Message;
    }
}
