using Amazon;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The endpoint of IAM, one in each partition.</summary>
/// <remarks>https://docs.aws.amazon.com/general/latest/gr/iam-service.html; the same table is in every SDK's endpoint rules.</remarks>
internal static class IamEndpoint
{
    /// <summary>The host for a region, and the region to sign for.</summary>
    public static (string Host, string SigningRegion) Of(string region, EndpointVariant variant)
    {
        string partition = RegionEndpoint.GetBySystemName(region).PartitionName;
        string home = partition switch
        {
            "aws" => "us-east-1",
            "aws-us-gov" => "us-gov-west-1",
            "aws-cn" => "cn-north-1",
            "aws-eusc" => "eusc-de-east-1",
            "aws-iso" => "us-iso-east-1",
            "aws-iso-b" => "us-isob-east-1",
            "aws-iso-e" => "eu-isoe-west-1",
            "aws-iso-f" => "us-isof-south-1",
            _ => region,
        };
        string suffix = ServiceHost.SuffixOf(AmazonIdentityManagementServiceClient.Service, region, variant);
        return ($"iam{(variant.Fips && partition != "aws-us-gov" ? "-fips" : "")}.{PlaceOf(partition, home, variant)}{suffix}", home);
    }

    // What stands between the service and the domain: a region, a word, or nothing.
    private static string PlaceOf(string partition, string home, EndpointVariant variant) => (partition, variant.Fips, variant.DualStack) switch
    {
        ("aws-us-gov", _, _) => "us-gov.",
        ("aws", _, true) or ("aws-cn", false, true) => "global.",
        ("aws", _, false) => "",
        ("aws-iso" or "aws-iso-b", true, false) => home + ".",
        (_, false, false) => home + ".",
        _ => "",
    };
}
