using Amazon;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The endpoint of IAM, one in each partition.</summary>
/// <remarks>https://docs.aws.amazon.com/general/latest/gr/iam-service.html; the same table is in every SDK's endpoint rules.</remarks>
internal static class IamEndpoint
{
    /// <summary>The host for a region, and the region to sign for.</summary>
    public static (string Host, string SigningRegion) Of(string region)
    {
        RegionEndpoint known = RegionEndpoint.GetBySystemName(region);
        return known.PartitionName switch
        {
            "aws" => ("iam.amazonaws.com", "us-east-1"),
            "aws-us-gov" => ("iam.us-gov.amazonaws.com", "us-gov-west-1"),
            "aws-cn" => In("cn-north-1"),
            "aws-eusc" => In("eusc-de-east-1"),
            "aws-iso" => In("us-iso-east-1"),
            "aws-iso-b" => In("us-isob-east-1"),
            "aws-iso-e" => In("eu-isoe-west-1"),
            "aws-iso-f" => In("us-isof-south-1"),
            _ => In(region),
        };

        (string Host, string SigningRegion) In(string home) => ($"iam.{home}.{known.PartitionDnsSuffix}", home);
    }
}
