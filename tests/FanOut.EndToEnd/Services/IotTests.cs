using FanOut.Aws.Iot;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

[Collection(nameof(RecordingMoto))]
public sealed class IotTests(RecordingMoto moto)
{
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
}
