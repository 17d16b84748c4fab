namespace FanOut.EndToEnd.Servers;

[Collection(nameof(RecordingMoto))]
public sealed class RecordingMotoTests(RecordingMoto moto)
{
    [Fact]
    public async Task Requests_are_recorded_byte_for_byte()
    {
        using ServiceApi api = new((await moto.Server.StartAsync()).Endpoint);
        await moto.Server.StartRecordingAsync();
        await api.RestAsync(HttpMethod.Post, "iotdata", "/topics/recording-tests?qos=1", "a\0b"u8.ToArray());

        RecordedRequest published = Assert.Single(
            await moto.Server.GetRecordingAsync(), request => request.Url.AbsolutePath == "/topics/recording-tests");

        Assert.Equal("POST", published.Method);
        Assert.Equal("?qos=1", published.Url.Query);
        Assert.Equal("a\0b"u8.ToArray(), published.Body.ToArray());
    }
}
