using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FanOut.Benchmarks.Billing;

/// <summary>A certificate authority of this run, and a certificate of 127.0.0.1 by it.</summary>
internal sealed class LocalAuthority : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes both.</summary>
    /// <param name="now">From when on they are valid, for a day.</param>
    public LocalAuthority(DateTimeOffset now)
    {
        (DateTimeOffset from, DateTimeOffset until) = (now.AddHours(-1), now.AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=FanOut.Benchmarks", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using X509Certificate2 root = authority.CreateSelfSigned(from, until);

        // RSA with 2,048 bits, as the certificates of AWS's hosts have.
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(authorityKey), from, until.AddMinutes(-1), RandomNumberGenerator.GetBytes(8));
        Server = X509CertificateLoader.LoadPkcs12(signed.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
        Bundle = Path.Join(_folder.Path, "authorities.pem");
        File.WriteAllText(Bundle, root.ExportCertificatePem());
        NoCertificates = Directory.CreateDirectory(Path.Join(_folder.Path, "none")).FullName;
    }

    /// <summary>The server's certificate.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The file of the authority's certificate.</summary>
    public string Bundle { get; }

    /// <summary>An empty folder, in place of the system's certificates.</summary>
    public string NoCertificates { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }
}
