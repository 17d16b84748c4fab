using Amazon;
using Amazon.Runtime;

namespace FanOut.Aws;

/// <summary>The host of a service in a region, as the endpoint rules of the AWS SDKs make it: <c>endpoint-rule-set-1.json</c> beside each service's model.</summary>
internal static class ServiceHost
{
    // The suffixes of partitions.json, which has the rules of all SDKs.
    private static readonly Dictionary<string, string> DualStackSuffixes = new(StringComparer.Ordinal)
    {
        ["amazonaws.com"] = "api.aws",
        ["amazonaws.com.cn"] = "api.amazonwebservices.com.cn",
        ["amazonaws.eu"] = "api.amazonwebservices.eu",
        ["c2s.ic.gov"] = "api.aws.ic.gov",
        ["sc2s.sgov.gov"] = "api.aws.scloud",
        ["cloud.adc-e.uk"] = "api.cloud-aws.adc-e.uk",
        ["csp.hci.ic.gov"] = "api.aws.hci.ic.gov",
    };

    /// <summary>The host.</summary>
    /// <exception cref="AmazonClientException">The service has no such endpoint there.</exception>
    public static string Of(AwsService service, string region, EndpointVariant variant)
    {
        if (service.Global is { } global)
        {
            return global(region, variant).Host;
        }

        if (service.Exception?.Invoke(region, variant) is { } exception)
        {
            return exception;
        }

        // In GovCloud many services have no other hosts than such with validated cryptography, and no name of their own for them.
        bool isNamedFips = variant.Fips && !(service.IsFipsInGovCloud && !variant.DualStack && region.StartsWith("us-gov-", StringComparison.Ordinal));
        return $"{service.EndpointPrefix}{(isNamedFips ? "-fips" : "")}.{region}.{SuffixOf(service, region, variant)}";
    }

    /// <summary>The domain of the partition's hosts.</summary>
    /// <exception cref="AmazonClientException">The partition has no dual-stack endpoints.</exception>
    public static string SuffixOf(AwsService service, string region, EndpointVariant variant)
    {
        string usual = RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
        return !variant.DualStack ? usual
            : DualStackSuffixes.TryGetValue(usual, out string? dualStack) ? dualStack : throw None(service, region, variant);
    }

    /// <summary>The error that a service has no such endpoint.</summary>
    public static AmazonClientException None(AwsService service, string region, EndpointVariant variant) => new(
        $"{service.ServiceId} has no endpoint in {region} for {variant}. Unset it, or set the endpoint by AWS_ENDPOINT_URL_{service.ServiceId.Replace(' ', '_').ToUpperInvariant()} instead.");
}
