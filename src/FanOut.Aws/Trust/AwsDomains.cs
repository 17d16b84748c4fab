namespace FanOut.Aws.Trust;

/// <summary>The domains under which AWS has its hosts, those of its services and those of its customers' resources.</summary>
/// <remarks>
/// The DNS suffixes of all partitions in the SDKs' <c>partitions.json</c>, and <c>on.aws</c>, the suffix of resources with a host of their own
/// (https://docs.aws.amazon.com/general/latest/gr/rande.html).
/// </remarks>
public static class AwsDomains
{
    /// <summary>All domains.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "amazonaws.com", "api.aws", "on.aws",
        "amazonaws.com.cn", "api.amazonwebservices.com.cn",
        "c2s.ic.gov", "api.aws.ic.gov",
        "sc2s.sgov.gov", "api.aws.scloud",
        "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk",
        "csp.hci.ic.gov", "api.aws.hci.ic.gov",
        "amazonaws.eu", "api.amazonwebservices.eu",
    ];

    /// <summary>Whether a host lies in one of them.</summary>
    /// <param name="host">The host's name, without a port.</param>
    public static bool Have(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        foreach (string domain in All)
        {
            if (host.Length > domain.Length + 1 && host[^(domain.Length + 1)] == '.' && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
