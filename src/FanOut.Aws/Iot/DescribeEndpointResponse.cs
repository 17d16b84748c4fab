using Amazon.Runtime;

namespace FanOut.Aws.Iot;

/// <summary>The account's host of AWS IoT.</summary>
public sealed class DescribeEndpointResponse : AmazonWebServiceResponse
{
    /// <summary>The host, such as <c>a1b2c3-ats.iot.eu-west-1.amazonaws.com</c>.</summary>
    public string? EndpointAddress { get; set; }
}
