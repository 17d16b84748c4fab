namespace FanOut.Engine.Mappings;

/// <summary>Reads the region out of the host names of AWS.</summary>
/// <remarks>
/// Two orders are in use: the older services put the region before the service (<c>search-x.us-east-1.es.amazonaws.com</c>,
/// <c>us-east-1.queue.amazonaws.com</c>), all others after it (<c>sqs.us-east-1.amazonaws.com</c>, <c>x.aos.us-east-1.on.aws</c>).
/// So the region is the name's neighbour, and needs no list of regions.
/// </remarks>
internal static class AwsHost
{
    // Longest first: amazonaws.com.cn would else be taken for a host below another suffix. on.aws has dual-stack hosts of single resources.
    private static readonly string[] Suffixes =
    [
        .. Partition.All.SelectMany(p => new[] { p.DnsSuffix, p.DualStackSuffix }).Append("on.aws").Distinct().OrderByDescending(s => s.Length),
    ];

    /// <summary>Whether the host belongs to AWS, and the labels that stand before its suffix.</summary>
    public static bool TrySplit(string host, out string[] labels)
    {
        foreach (string suffix in Suffixes)
        {
            if (host.Length > suffix.Length + 1
                && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && host[^(suffix.Length + 1)] == '.')
            {
                labels = host[..^(suffix.Length + 1)].Split('.');
                return true;
            }
        }

        labels = host.Split('.');
        return false;
    }

    /// <summary>The region beside the name of one of the services; none: the host is not of AWS, or names no region.</summary>
    public static string? Region(string host, params ReadOnlySpan<string> services) =>
        TrySplit(host, out string[] labels) ? Region(labels, services) : null;

    /// <summary>The region beside the name of one of the services.</summary>
    public static string? Region(string[] labels, params ReadOnlySpan<string> services)
    {
        // From the right: the user's own name comes first and may be anything.
        for (int i = labels.Length - 1; i >= 0; i--)
        {
            if (services.Contains(labels[i]))
            {
                return i < labels.Length - 1 ? labels[i + 1] : i > 0 ? labels[i - 1] : null;
            }
        }

        return null;
    }

    /// <summary>Whether the host belongs to AWS and has the service's name among its labels.</summary>
    public static bool IsOf(string host, string service) => TrySplit(host, out string[] labels) && labels.Contains(service);
}
