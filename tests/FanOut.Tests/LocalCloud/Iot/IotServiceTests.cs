using FanOut.LocalCloud;

namespace FanOut.Tests.LocalCloud.Iot;

public sealed class IotServiceTests : CloudTests
{
    [Theory]
    [InlineData("/topics/a/b?qos=1", "iotdata")]
    [InlineData("/topics/a%2Fb?qos=1", "iotdevicegateway")]
    public async Task A_message_is_published_to_the_decoded_topic(string path, string service)
    {
        byte[] payload = [0, 255, 10];

        Answer answer = await Aws.SendAsync(service, HttpMethod.Post, path, payload);

        Assert.Equal(200, answer.Status);
        Arrival arrival = Assert.Single(Cloud.Iot.Received);
        Assert.Equal(("a/b", "1", "false"), (arrival.Destination, arrival.Attributes["qos"], arrival.Attributes["retain"]));
        Assert.Equal(payload, arrival.Data.ToArray());
    }

    [Theory]
    [InlineData(131072, 200)]
    [InlineData(131073, 413)]
    public async Task A_payload_takes_128_KiB(int size, int status)
    {
        Answer answer = await Aws.SendAsync("iotdata", HttpMethod.Post, "/topics/t", new byte[size]);

        Assert.Equal((status, status == 200 ? null : "RequestEntityTooLargeException"), (answer.Status, status == 200 ? null : answer.Error));
    }

    [Theory]
    [InlineData(128, "", 200)]
    [InlineData(128, "x", 400)]
    public async Task A_topic_takes_256_bytes(int twoByteLetters, string more, int status)
    {
        Answer answer = await Aws.SendAsync("iotdata", HttpMethod.Post, $"/topics/{Uri.EscapeDataString(new string('é', twoByteLetters) + more)}", []);

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("/topics/", 400, "InvalidRequestException")]
    [InlineData("/topics/a%23", 400, "InvalidRequestException")]
    [InlineData("/topics/a%2B", 400, "InvalidRequestException")]
    [InlineData("/topics/1/2/3/4/5/6/7/8/9", 400, "InvalidRequestException")]
    [InlineData("/topics/a?qos=2", 400, "InvalidRequestException")]
    [InlineData("/things/a", 404, "ResourceNotFoundException")]
    public async Task What_the_broker_would_not_take_is_refused(string path, int status, string error)
    {
        Answer answer = await Aws.SendAsync("iotdata", HttpMethod.Post, path, []);

        Assert.Equal((status, error), (answer.Status, answer.Error));
        Assert.Empty(Cloud.Iot.Received);
    }

    [Fact]
    public async Task Only_POST_is_allowed()
    {
        Answer answer = await Aws.SendAsync("iotdata", HttpMethod.Put, "/topics/a", []);

        Assert.Equal((405, "MethodNotAllowedException"), (answer.Status, answer.Error));
    }
}
