namespace FanOut.Aws.Iot;

/// <summary>The hosts of AWS IoT's data plane that are not made by rule. A mapping's destination names its account's own host; so these are never called for it.</summary>
internal static class IotDataHost
{
    /// <summary>The host in a region; null: it is made by rule.</summary>
    public static string? Of(string region, EndpointVariant variant) => (region, variant.Fips, variant.DualStack) switch
    {
        ("ca-central-1" or "us-east-1" or "us-east-2" or "us-west-1" or "us-west-2" or "us-gov-east-1" or "us-gov-west-1", true, false) =>
            $"data.iot-fips.{region}.amazonaws.com",
        ("cn-north-1", false, false) => "data.ats.iot.cn-north-1.amazonaws.com.cn",
        _ => null,
    };
}
