using Amazon;

namespace FanOut.Completion;

/// <summary>Completes the regions of all partitions that AWSSDK.Core knows, without a call.</summary>
public sealed class RegionCompleter : Completer
{
    // AWSSDK.Core lists it for old S3 endpoints; it is no region.
    private const string NoRegion = "us-east-1-regional";

    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) => RegionEndpoint.EnumerableAllRegions
        .Where(static r => r.SystemName != NoRegion)
        .OrderBy(static r => r.SystemName, StringComparer.Ordinal)
        .Select(static r => new Value(r.SystemName, r.DisplayName));
}
