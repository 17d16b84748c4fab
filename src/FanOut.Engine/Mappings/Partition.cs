using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>A partition of AWS: a set of regions with its own accounts, ARNs and host names.</summary>
/// <remarks>The table is that of the SDKs' <c>partitions.json</c>; a partition that is not in it is still accepted in an <see cref="Arn"/>.</remarks>
/// <param name="Id">The partition's id, as ARNs have it.</param>
/// <param name="DnsSuffix">What its hosts end in: <c>amazonaws.com</c>.</param>
/// <param name="DualStackSuffix">What its hosts for IPv4 and IPv6 end in: <c>api.aws</c>.</param>
/// <param name="RegionPrefix">What the names of its regions start with; empty for <c>aws</c>, whose regions are all the others.</param>
public sealed record Partition(string Id, string DnsSuffix, string DualStackSuffix, string RegionPrefix)
{
    /// <summary>The commercial partition. Every region belongs to it that belongs to no other.</summary>
    public static Partition Aws { get; } = new("aws", "amazonaws.com", "api.aws", "");

    /// <summary>All known partitions.</summary>
    public static IReadOnlyList<Partition> All { get; } =
    [
        Aws,
        new("aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-"),
        new("aws-us-gov", "amazonaws.com", "api.aws", "us-gov-"),
        new("aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-"),
        new("aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-"),
        new("aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-"),
        new("aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-"),
        new("aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-"),
    ];

    /// <summary>Finds a partition by its id.</summary>
    /// <param name="id">The id, as an ARN has it.</param>
    /// <param name="partition">The partition, when it is known.</param>
    public static bool TryFind(string id, [NotNullWhen(true)] out Partition? partition)
    {
        partition = All.FirstOrDefault(p => p.Id == id);
        return partition is not null;
    }

    /// <summary>The partition that a region lies in.</summary>
    /// <param name="region">The region's name, known or not.</param>
    public static Partition OfRegion(string region)
    {
        ArgumentNullException.ThrowIfNull(region);
        return All.FirstOrDefault(p => p.RegionPrefix.Length > 0 && region.StartsWith(p.RegionPrefix, StringComparison.Ordinal)) ?? Aws;
    }
}
