using System.Text;
using System.Text.Json.Nodes;
using FanOut.Aws.Iot;
using FanOut.EndToEnd.Servers;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Http;

namespace FanOut.EndToEnd.Services;

[Collection(nameof(RecordingMoto))]
public sealed class IotTests(RecordingMoto moto)
{
    // boto3 writes the JSON itself, of what it is given.
    private const string Boto3 = """
        import boto3, json, sys
        sent = json.load(sys.stdin)
        client = boto3.client("iot-data", endpoint_url=sent["endpoint"], region_name="us-east-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        client.publish(topic="t", qos=1, payload=b"x", userProperties=sent["properties"])
        """;

    [Theory]
    [InlineData("iot-plain", 1)]
    [InlineData("iot/with/levels", 0)]
    [InlineData("iot/é 😀+%2F", 1)]
    public async Task A_message_arrives_at_its_topic_byte_for_byte(string topic, int qos)
    {
        Uri endpoint = (await moto.Server.StartAsync()).Endpoint;
        await moto.Server.StartRecordingAsync();
        using AmazonIotDataClient client = new(Emulated.Credentials, Emulated.Config(AmazonIotDataClient.Service, endpoint));
        byte[] payload = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        await client.PublishAsync(new() { Topic = topic, Qos = qos, Payload = payload }, TestContext.Current.CancellationToken);

        // The recording has the path as the server framework decoded it.
        RecordedRequest published = Assert.Single(
            await moto.Server.GetRecordingAsync(), request => Uri.UnescapeDataString(request.Url.AbsolutePath) == Uri.UnescapeDataString($"/topics/{topic}"));
        Assert.Equal(("POST", $"?qos={qos}"), (published.Method, published.Url.Query));
        Assert.Equal(payload, published.Body.ToArray());
    }

    [Theory]
    [InlineData("""[{"deviceName":"alpha"},{"deviceCnt":"45"}]""", true)]
    [InlineData("""[{"a \"b\"":"\b\f\n\r\t\u0001/\\ []"}]""", true)]
    [InlineData("""[{"größe":"é 😀"},{"größe":"zwei"}]""", false)] // boto3 writes \u00e9, which is the same text.
    public async Task User_properties_are_sent_as_boto3_sends_them(string properties, bool isSameToTheByte)
    {
        List<string> headers = [];
        await using HttpServer server = HttpServer.Start((request, _) =>
        {
            headers.Add(request.Header("x-amz-mqtt5-user-properties")!);
            return Task.FromResult(HttpResponse.Text(200, "application/json", """{"message":"OK"}"""));
        });
        await using Cloud cloud = Cloud.Start();
        foreach (Uri endpoint in new[] { server.Endpoint, cloud.Endpoint })
        {
            using AmazonIotDataClient client = new(Emulated.Credentials, Emulated.Config(AmazonIotDataClient.Service, endpoint));
            await client.PublishAsync(new() { Topic = "t", Payload = "x"u8.ToArray(), UserProperties = Encoding.UTF8.GetBytes(properties) }, TestContext.Current.CancellationToken);
            await PublishByBoto3Async(endpoint, properties);
        }

        Assert.Equal(2, headers.Count);
        Assert.Equal(isSameToTheByte, headers[0] == headers[1]);
        Assert.All(headers, h => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(properties), JsonNode.Parse(Convert.FromBase64String(h)))));
        Assert.Equal(2, cloud.Iot.Received.Count);
        Assert.All(cloud.Iot.Received, a => Assert.Equal(JsonNode.Parse(properties)!.AsArray().Select(static p => p!.AsObject().Single()).Select(static p => (p.Key, p.Value!.GetValue<string>())), a.UserProperties.Select(static p => (p.Key, p.Value))));
    }

    private static async Task PublishByBoto3Async(Uri endpoint, string properties)
    {
        if (ProgramRun.Find("python3") is not { } python)
        {
            ServerMissing.EndTest("python3", "pip install boto3");
            return;
        }

        JsonObject sent = new() { ["endpoint"] = endpoint.AbsoluteUri, ["properties"] = JsonNode.Parse(properties) };
        ProgramRun run = await ProgramRun.OfAsync(python, ["-c", Boto3], TestContext.Current.CancellationToken, sent.ToJsonString());
        Assert.True(run.ExitCode == 0, run.Text);
    }
}
