namespace FanOut.Aws.S3;

/// <summary>The hosts of S3, which say dual-stack in front of the region instead of behind it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/dual-stack-endpoints.html</remarks>
internal static class S3Host
{
    /// <summary>The host in a region.</summary>
    public static string Of(string region, EndpointVariant variant)
    {
        if (variant.Fips && region.StartsWith("cn-", StringComparison.Ordinal))
        {
            throw ServiceHost.None(AmazonS3Client.Service, region, variant);
        }

        string suffix = ServiceHost.SuffixOf(AmazonS3Client.Service, region, default);
        return $"s3{(variant.Fips ? "-fips" : "")}.{(variant.DualStack ? "dualstack." : "")}{region}.{suffix}";
    }
}
