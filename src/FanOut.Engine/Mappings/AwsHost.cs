namespace FanOut.Engine.Mappings;

/// <summary>Reads the region out of the host names of AWS.</summary>
/// <remarks>
/// Two orders are in use: the older services put the region before the service (<c>search-x.us-east-1.es.amazonaws.com</c>,
/// <c>us-east-1.queue.amazonaws.com</c>), all others after it (<c>sqs.us-east-1.amazonaws.com</c>, <c>x.aos.us-east-1.on.aws</c>).
/// So the region is the label beside the service's name, and no list of regions is needed.
/// </remarks>
internal static class AwsHost
{
    // on.aws is the suffix of resources with a host of their own (IPv4 and IPv6); services have the suffixes of their partition.
    private static readonly string[] Suffixes =
        [.. Partition.All.SelectMany(p => new[] { p.DnsSuffix, p.DualStackSuffix }).Append("on.aws").Distinct()];

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

    /// <summary>The region beside the name of one of the services; null: the host is not of AWS, or names no region.</summary>
    public static string? Region(string host, params ReadOnlySpan<string> services)
    {
        if (!TrySplit(host, out string[] labels))
        {
            return null;
        }

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
