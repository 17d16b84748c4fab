using FanOut.Aws.Iot;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class IotLookupTests(MotoServer moto)
{
    [Theory]
    [InlineData("iot:Data-ATS", "-ats.iot.us-east-1.amazonaws.com")]
    [InlineData("iot:CredentialProvider", ".credentials.iot.us-east-1.amazonaws.com")]
    public async Task The_accounts_host_is_found(string type, string end)
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using AmazonIoTClient client = new(Emulated.Credentials, Emulated.Config(AmazonIoTClient.Service, endpoint));

        DescribeEndpointResponse found = await client.DescribeEndpointAsync(new() { EndpointType = type }, TestContext.Current.CancellationToken);

        Assert.EndsWith(end, found.EndpointAddress, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_does_not_exist_is_a_typed_refusal()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using AmazonIoTClient client = new(Emulated.Credentials, Emulated.Config(AmazonIoTClient.Service, endpoint));

        AmazonIoTException refusal = await Assert.ThrowsAsync<AmazonIoTException>(
            () => client.DescribeEndpointAsync(new() { EndpointType = "iot:Absent" }, TestContext.Current.CancellationToken));

        Assert.Equal("InvalidRequestException", refusal.ErrorCode);
        Assert.Contains("iot:Absent", refusal.Message, StringComparison.Ordinal);
    }
}
