namespace FanOut.LocalCloud;

/// <summary>Writes Amazon Resource Names and splits them into their parts.</summary>
internal static class ArnText
{
    public static string Of(string service, string region, string account, string resource) =>
        $"arn:{Partition(region)}:{service}:{region}:{account}:{resource}";

    /// <summary>The part at a position: 1 partition, 2 service, 3 region, 4 account, 5 the resource with all its colons.</summary>
    public static string Part(string arn, int position)
    {
        string[] parts = arn.Split(':', 6);
        return parts.Length == 6 ? parts[position] : "";
    }

    public static string Partition(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ when region.StartsWith("us-isob-", StringComparison.Ordinal) => "aws-iso-b",
        _ when region.StartsWith("us-isof-", StringComparison.Ordinal) => "aws-iso-f",
        _ when region.StartsWith("eu-isoe-", StringComparison.Ordinal) => "aws-iso-e",
        _ when region.StartsWith("us-iso-", StringComparison.Ordinal) => "aws-iso",
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "aws-eusc",
        _ => "aws",
    };
}
