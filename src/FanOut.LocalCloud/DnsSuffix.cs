namespace FanOut.LocalCloud;

/// <summary>The end of host names in each partition (botocore's <c>partitions.json</c>).</summary>
internal static class DnsSuffix
{
    public static string Of(string region) => ArnText.Partition(region) switch
    {
        "aws-cn" => "amazonaws.com.cn",
        "aws-eusc" => "amazonaws.eu",
        "aws-iso" => "c2s.ic.gov",
        "aws-iso-b" => "sc2s.sgov.gov",
        "aws-iso-e" => "cloud.adc-e.uk",
        "aws-iso-f" => "csp.hci.ic.gov",
        _ => "amazonaws.com",
    };
}
