namespace FanOut.Aws.CloudWatch;

/// <summary>A dimension of a metric.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html</remarks>
public sealed class Dimension
{
    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Its value.</summary>
    public string? Value { get; set; }
}
