namespace FanOut.Aws.Iot;

/// <summary>Asks for the account's host of AWS IoT.</summary>
/// <remarks>https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeEndpoint.html</remarks>
public sealed class DescribeEndpointRequest
{
    /// <summary><c>iot:Data-ATS</c> for publishing; <c>iot:Data</c> (the default), <c>iot:CredentialProvider</c>, <c>iot:Jobs</c>.</summary>
    public string? EndpointType { get; set; }
}
