using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FanOut.Tests.Aws.Trust;

/// <summary>A certificate authority of a test's own, with a root, and an intermediate where one is wanted.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly X509Certificate2? _intermediate;

    /// <param name="name">The root's name.</param>
    /// <param name="hasIntermediate">Whether servers' certificates are signed by an intermediate.</param>
    public CertificateAuthority(string name, bool hasIntermediate = false)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Root = Authority($"CN={name}", key).CreateSelfSigned(Now.AddDays(-20), Now.AddDays(20));
        if (hasIntermediate)
        {
            using ECDsa second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using X509Certificate2 signed = Authority($"CN={name} M01", second).Create(Root, Now.AddDays(-15), Now.AddDays(15), [1, 2, 3]);
            _intermediate = signed.CopyWithPrivateKey(second);
        }
    }

    /// <summary>The root.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>The intermediate; none by default.</summary>
    public X509Certificate2Collection Intermediates => _intermediate is null ? [] : [_intermediate];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>The roots as a program has them: without the key.</summary>
    public X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificate(Root.RawData)];

    /// <summary>A server's certificate, with its key.</summary>
    /// <param name="host">The host that it is for.</param>
    /// <param name="until">When it ends; null: in ten days.</param>
    public X509Certificate2 Issue(string host, DateTimeOffset? until = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Server(host, key).Create(_intermediate ?? Root, Now.AddDays(-10), until ?? Now.AddDays(10), [4, 5, 6]);
        using X509Certificate2 withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }

    /// <summary>A server's certificate that no authority has signed.</summary>
    /// <param name="host">The host that it is for.</param>
    public static X509Certificate2 SelfSigned(string host)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Server(host, key).CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    public void Dispose()
    {
        Root.Dispose();
        _intermediate?.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request;
    }

    private static CertificateRequest Server(string host, ECDsa key)
    {
        CertificateRequest request = new($"CN={host}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
