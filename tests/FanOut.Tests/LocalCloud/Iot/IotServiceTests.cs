using System.Text;
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
    [InlineData("""[{"deviceName": "alpha"}, {"deviceCnt": "45"}]""", "deviceName=alpha,deviceCnt=45")]
    [InlineData("""[{"a b":"é 😀\u0001"},{"a b":""}]""", "a b=é 😀\u0001,a b=")]
    [InlineData("[]", "")]
    public async Task A_message_keeps_its_user_properties_in_their_order(string json, string properties)
    {
        Assert.Equal(200, (await PublishAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(json)))).Status);

        Assert.Equal(properties, string.Join(',', Assert.Single(Cloud.Iot.Received).UserProperties.Select(static p => $"{p.Key}={p.Value}")));
    }

    [Theory]
    [InlineData("""{"a":"b"}""")]
    [InlineData("\"[{}]\"")]
    [InlineData("""[{"a":"b","c":"d"}]""")]
    [InlineData("""[{"":"b"}]""")]
    [InlineData("""[{"a":1}]""")]
    [InlineData("""["a"]""")]
    [InlineData("""[{"a":"\u0000"}]""")]
    [InlineData("""[{"a":"\ud800"}]""")]
    [InlineData("""[{"a":"b"}""")]
    [InlineData(null)]
    public async Task User_properties_that_are_none_are_refused(string? json)
    {
        Answer answer = await PublishAsync(json is null ? """[{"a":"b"}]""" : Convert.ToBase64String(Encoding.UTF8.GetBytes(json)));

        Assert.Equal((400, "InvalidRequestException"), (answer.Status, answer.Error));
        Assert.Empty(Cloud.Iot.Received);
    }

    [Theory]
    [InlineData("us-east-1", "iot:Data-ATS", "^a[0-9a-f]{13}-ats\\.iot\\.us-east-1\\.amazonaws\\.com$")]
    [InlineData("us-east-1", "iot:Data", "^a[0-9a-f]{13}\\.iot\\.us-east-1\\.amazonaws\\.com$")]
    [InlineData("cn-north-1", "iot:Data-ATS", "^a[0-9a-f]{13}\\.ats\\.iot\\.cn-north-1\\.amazonaws\\.com\\.cn$")]
    [InlineData("eu-west-1", "iot:CredentialProvider", "^a[0-9a-f]{13}\\.credentials\\.iot\\.eu-west-1\\.amazonaws\\.com$")]
    public async Task An_account_has_endpoints_in_every_region(string region, string type, string address)
    {
        using AwsHttp there = new(Cloud) { Region = region };

        Answer answer = await there.SendAsync("iot", HttpMethod.Get, $"/endpoint?endpointType={type}", []);

        Assert.Matches(address, answer.Json.GetProperty("endpointAddress").GetString());
        Assert.Equal(answer.Text, (await there.SendAsync("iot", HttpMethod.Get, $"/endpoint?endpointType={type}", [])).Text);
        Assert.DoesNotContain(Cloud.Calls, call => call.IsChanging);
    }

    [Fact]
    public async Task The_endpoint_can_be_the_cloud_itself()
    {
        Cloud.Iot.EndpointAddress = Cloud.Endpoint.GetLeftPart(UriPartial.Authority);

        Answer answer = await Aws.SendAsync("iot", HttpMethod.Get, "/endpoint?endpointType=iot:Data-ATS", []);

        Assert.Equal(Cloud.Iot.EndpointAddress, answer.Json.GetProperty("endpointAddress").GetString());
    }

    [Theory]
    [InlineData("iot", "/endpoint?endpointType=iot:Nothing", 400, "InvalidRequestException")]
    [InlineData("iotdata", "/endpoint", 404, "ResourceNotFoundException")]
    [InlineData("iot", "/topics/t", 404, "ResourceNotFoundException")]
    public async Task The_two_planes_are_told_apart_by_their_signatures(string service, string path, int status, string error)
    {
        Answer answer = await Aws.SendAsync(service, HttpMethod.Get, path, []);

        Assert.Equal((status, error), (answer.Status, answer.Error));
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

    private Task<Answer> PublishAsync(string properties) =>
        Aws.SendAsync("iotdata", HttpMethod.Post, "/topics/t", "x"u8.ToArray(), change: r => r.Headers.Add("x-amz-mqtt5-user-properties", properties));
}
