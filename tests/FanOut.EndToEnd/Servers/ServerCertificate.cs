using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FanOut.EndToEnd.Servers;

/// <summary>A certificate for 127.0.0.1 and localhost from an authority of its own, in files, as server programs want it.</summary>
public sealed class ServerCertificate : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fanout-tls-");
    private readonly X509Certificate2 _authority;

    /// <summary>Makes the authority and the certificate.</summary>
    /// <param name="others">Addresses that the certificate is for besides.</param>
    public ServerCertificate(params IPAddress[] others)
    {
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest authority = new("CN=FanOut test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        _authority = authority.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(1));

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        Array.ForEach(others, names.AddIpAddress);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(_authority, now.AddMinutes(-5), now.AddHours(12), [1, 2, 3, 4]);

        File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The authority's certificate (PEM).</summary>
    public string AuthorityFile => Path.Join(_folder.FullName, "ca.pem");

    /// <summary>The server's certificate (PEM).</summary>
    public string CertificateFile => Path.Join(_folder.FullName, "server.pem");

    /// <summary>The server's key (PEM, PKCS #8).</summary>
    public string KeyFile => Path.Join(_folder.FullName, "server.key");

    /// <summary>Accepts certificates of this authority for the right host, and no others.</summary>
    public RemoteCertificateValidationCallback Trust => (_, certificate, _, errors) =>
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using X509Certificate2 presented = new(certificate);
        return chain.Build(presented);
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
