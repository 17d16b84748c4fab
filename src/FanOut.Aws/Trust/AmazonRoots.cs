using System.Security.Cryptography.X509Certificates;

namespace FanOut.Aws.Trust;

/// <summary>The root certificates of Amazon Trust Services, which vouch for AWS's own hosts: <c>amazon-roots.pem</c>.</summary>
internal static class AmazonRoots
{
    /// <summary>Reads them.</summary>
    public static X509Certificate2Collection Read()
    {
        using Stream stream = typeof(AmazonRoots).Assembly.GetManifestResourceStream("amazon-roots.pem")
            ?? throw new InvalidOperationException("The assembly lacks amazon-roots.pem.");
        using var text = new StreamReader(stream);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(text.ReadToEnd());
        return roots;
    }
}
