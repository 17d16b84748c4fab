using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FanOut.Aws.Trust;

/// <summary>Which certificate authorities vouch for a server that is called over TLS.</summary>
/// <remarks>
/// <para>
/// On Linux, .NET reads the system's whole store of authorities for the first connection: a third of a second of a whole core, five seconds of the
/// fourteenth that a Lambda function of 128 MB has. So AWS's hosts are checked against Amazon's five roots, and against the system's store only
/// where a chain does not end at one of these: behind a proxy that looks into TLS, or in a partition with authorities of its own.
/// </para>
/// <para>
/// What the user has set comes before: with <c>AWS_CA_BUNDLE</c> only what is in that file counts, as for the AWS CLI
/// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html); with <c>SSL_CERT_FILE</c> or <c>SSL_CERT_DIR</c> the system's
/// store, which is what these say. Lambda's own runtimes for .NET set <c>SSL_CERT_FILE</c> to an empty file to keep it from being read twice
/// (https://github.com/aws/aws-lambda-dotnet/pull/1663): a file without content is nobody's wish.
/// </para>
/// </remarks>
public sealed class ServerTrust
{
    /// <summary>The variable that names a file with the authorities for all calls to AWS.</summary>
    public const string BundleVariable = "AWS_CA_BUNDLE";

    private readonly Lazy<X509Certificate2Collection> _amazon;
    private readonly Action<X509ChainPolicy> _trustSystem;
    private readonly X509Certificate2Collection? _bundle;
    private readonly bool _isSystemWanted;

    /// <summary>What the process's environment says.</summary>
    /// <param name="read">Reads an environment variable.</param>
    /// <exception cref="FormatException"><c>AWS_CA_BUNDLE</c> names a file that cannot be read or has no certificate.</exception>
    public ServerTrust(Func<string, string?> read)
        : this(read, AmazonRoots.Read, static policy => policy.TrustMode = X509ChainTrustMode.System)
    {
    }

    /// <summary>The same with other authorities, for tests.</summary>
    /// <param name="read">Reads an environment variable.</param>
    /// <param name="amazon">Reads the roots that vouch for AWS's hosts.</param>
    /// <param name="trustSystem">Makes a policy trust the system's store.</param>
    internal ServerTrust(Func<string, string?> read, Func<X509Certificate2Collection> amazon, Action<X509ChainPolicy> trustSystem)
    {
        ArgumentNullException.ThrowIfNull(read);
        _amazon = new Lazy<X509Certificate2Collection>(amazon);
        _trustSystem = trustSystem;
        _bundle = read(BundleVariable) is { Length: > 0 } path ? ReadBundle(path) : null;
        _isSystemWanted = read("SSL_CERT_DIR") is { Length: > 0 } || (read("SSL_CERT_FILE") is { Length: > 0 } file && new FileInfo(file) is { Exists: true, Length: > 0 });
    }

    /// <summary>The process's own.</summary>
    /// <exception cref="FormatException"><c>AWS_CA_BUNDLE</c> names a file that cannot be read or has no certificate.</exception>
    public static ServerTrust Instance => Own.Value;

    // A failure is not kept: who mends the file need not start a new process.
    private static Lazy<ServerTrust> Own { get; } = new(static () => new ServerTrust(Environment.GetEnvironmentVariable), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>How the certificate of a server is checked that is not called over HTTPS, such as a cache.</summary>
    /// <param name="host">The server's name, as the certificate must have it.</param>
    /// <param name="revocation">Whether it is asked for revocations.</param>
    /// <returns>Null: as .NET does by itself, against the system's store.</returns>
    public SslClientAuthenticationOptions? For(string host, X509RevocationMode revocation)
    {
        if (_isSystemWanted || !AwsDomains.Have(host))
        {
            return null;
        }

        SslClientAuthenticationOptions options = ForAws(revocation);
        options.TargetHost = host;
        return options;
    }

    /// <summary>How AWS's hosts are checked over HTTPS.</summary>
    internal SslClientAuthenticationOptions ForAws() => _bundle is not null || _isSystemWanted ? ForOthers() : ForAws(X509RevocationMode.NoCheck);

    /// <summary>How all other hosts are checked over HTTPS.</summary>
    internal SslClientAuthenticationOptions ForOthers() => _bundle is null ? new() : new() { CertificateChainPolicy = Only(_bundle, X509RevocationMode.NoCheck) };

    private static X509Certificate2Collection ReadBundle(string path)
    {
        var bundle = new X509Certificate2Collection();
        try
        {
            bundle.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FormatException($"The environment variable {BundleVariable} is '{path}', which cannot be read: {e.Message}", e);
        }

        return bundle.Count > 0 ? bundle : throw new FormatException($"The environment variable {BundleVariable} is '{path}', in which there is no certificate (PEM).");
    }

    private static X509ChainPolicy Only(X509Certificate2Collection roots, X509RevocationMode revocation)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = revocation };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private SslClientAuthenticationOptions ForAws(X509RevocationMode revocation)
    {
        X509ChainPolicy policy = Only(_amazon.Value, revocation);

        // AWS's hosts send all that stands between them and a root. Where one does not, the system's store may still look for it.
        policy.DisableCertificateDownloads = true;
        return new() { CertificateChainPolicy = policy, RemoteCertificateValidationCallback = Judge };
    }

    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        string? problem = FindProblem(certificate, chain, errors);

        // In .NET's own words there would be no reason, because it was not .NET that refused.
        return problem is null ? errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateChainErrors
            : throw new AuthenticationException($"The server's certificate{(certificate is null ? "" : $" ({certificate.Subject})")} is not trusted: {problem}.");
    }

    private string? FindProblem(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server || chain is null || !EndsElsewhere(chain))
        {
            return Describe(errors, chain);
        }

        using var second = new X509Chain { ChainPolicy = chain.ChainPolicy.Clone() };
        second.ChainPolicy.CustomTrustStore.Clear();
        second.ChainPolicy.DisableCertificateDownloads = false;
        _trustSystem(second.ChainPolicy);
        return second.Build(server) ? null : Describe(errors, second);
    }

    private static bool EndsElsewhere(X509Chain chain) =>
        chain.ChainStatus.Any(static s => (s.Status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0);

    private static string Describe(SslPolicyErrors errors, X509Chain? chain)
    {
        List<string> reasons = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            reasons.Add("there is none");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            reasons.Add("it is for another host");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && chain is not null)
        {
            reasons.AddRange(chain.ChainStatus.Select(static s => $"{s.Status} ({s.StatusInformation.TrimEnd('.', '\n', ' ')})").Distinct());
        }

        return string.Join(", ", reasons);
    }
}
