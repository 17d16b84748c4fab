using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Engine;

/// <summary>What an emulator keeps no copy of is read from the recording of its requests, which takes a server of its own.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class RecordedTests(RecordedTests.Recorder recorder) : IClassFixture<RecordedTests.Recorder>
{
    private const string OtherAccount = "210987654321";
    private const string OtherRegion = "eu-west-1";
    private const string Role = $"arn:aws:iam::{OtherAccount}:role/fanout-writer";

    [Fact]
    public async Task An_MQTT_topic_gets_the_user_records_of_an_event()
    {
        Uri services = (await recorder.Moto.StartAsync()).Endpoint;
        string source = StreamEvent.StreamArn("engine-iot");
        await using RunningEngine engine = new(
            services, null, Row.Of(source, "iot", $"{services.GetLeftPart(UriPartial.Authority)}#engine/é", ("deaggregate", "true"), ("collapse", "none"), ("parallel", "false")));
        await recorder.Moto.StartRecordingAsync();

        await engine.DeliverAsync(StreamEvent.Kinesis(source, MixedRecords.Binary));

        RecordedRequest[] published = [.. (await recorder.Moto.GetRecordingAsync())
            .Where(request => Uri.UnescapeDataString(request.Url.AbsolutePath) == "/topics/engine/é")];
        Assert.Equal(MixedRecords.BinaryUserRecords.Select(record => record.Data), published.Select(request => request.Body.ToArray()));
    }

    [Fact]
    public async Task Each_message_is_published_to_the_topic_of_its_record()
    {
        Uri services = (await recorder.Moto.StartAsync()).Endpoint;
        string source = StreamEvent.StreamArn("engine-iot-topics");
        await using RunningEngine engine = new(
            services, null, Row.Of(source, "iot", $"{services.GetLeftPart(UriPartial.Authority)}#devices/<data.device>/é", ("collapse", "none"), ("parallel", "false")));
        await recorder.Moto.StartRecordingAsync();

        await engine.DeliverAsync(StreamEvent.Kinesis(source, ("a", """{"device":"one"}"""u8.ToArray()), ("b", """{"device":"zwei ü"}"""u8.ToArray()), ("a", """{"device":1}"""u8.ToArray())));

        Assert.Equal(
            ["/topics/devices/one/é", "/topics/devices/zwei ü/é", "/topics/devices/1/é"],
            (await recorder.Moto.GetRecordingAsync()).Select(static request => Uri.UnescapeDataString(request.Url.AbsolutePath)).Where(static p => p.StartsWith("/topics/devices/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_function_gets_the_records_of_the_event_untouched()
    {
        Uri services = (await recorder.Moto.StartAsync()).Endpoint;
        using ServiceApi api = new(services);
        await LambdaFunction.CreateAsync(api, "engine-function");
        string source = StreamEvent.StreamArn("engine-lambda");
        await using RunningEngine engine = new(services, null, Row.Of(source, "lambda", "engine-function", ("deaggregate", "true")));
        byte[] batch = StreamEvent.Kinesis(source, MixedRecords.Binary);
        await recorder.Moto.StartRecordingAsync();

        await engine.DeliverAsync(batch);

        RecordedRequest invoked = Assert.Single(
            await recorder.Moto.GetRecordingAsync(), request => request.Url.AbsolutePath == "/2015-03-31/functions/engine-function/invocations");
        Assert.Equal(Encoding.UTF8.GetString(batch), Encoding.UTF8.GetString(invoked.Body.Span));
    }

    [Fact]
    public async Task A_function_gets_a_large_event_in_pieces_none_of_them_over_its_limit()
    {
        Uri services = (await recorder.Moto.StartAsync()).Endpoint;
        using ServiceApi api = new(services);
        await LambdaFunction.CreateAsync(api, "engine-pieces");
        string source = StreamEvent.StreamArn("engine-lambda-pieces");
        await using RunningEngine engine = new(services, null, Row.Of(source, "lambda", "engine-pieces", ("parallel", "false")));
        byte[] batch = StreamEvent.Kinesis(source, [.. Enumerable.Range(0, 40).Select(index => ($"{index}", new byte[60_000]))]);
        await recorder.Moto.StartRecordingAsync();

        await engine.DeliverAsync(batch);

        RecordedRequest[] invoked = [.. (await recorder.Moto.GetRecordingAsync())
            .Where(request => request.Url.AbsolutePath == "/2015-03-31/functions/engine-pieces/invocations")];
        Assert.All(invoked, request => Assert.InRange(request.Body.Length, 1, 1_048_576));
        Assert.Equal(
            Enumerable.Range(0, 40).Select(index => $"{index}"),
            invoked.SelectMany(request => JsonNode.Parse(request.Body.Span)!["Records"]!.AsArray()).Select(record => (string?)record!["kinesis"]!["partitionKey"]));
    }

    [Theory]
    [InlineData("sqs")]
    [InlineData("kinesis")]
    public async Task A_target_of_another_account_and_region_is_written_with_its_role_and_external_id(string type)
    {
        Uri services = (await recorder.Moto.StartAsync()).Endpoint;
        using ServiceApi other = new(services, await AssumeAsync(services), OtherRegion);
        string destination = await CreateAsync(other, type);
        string source = StreamEvent.StreamArn($"engine-account-{type}");
        await using RunningEngine engine = new(services, null, Row.Of(
            source, type, destination,
            ("role", Role), ("externalId", $"secret-{type}"), ("region", OtherRegion), ("collapse", "none"), ("deaggregate", "true"), ("parallel", "false")));
        await recorder.Moto.StartRecordingAsync();

        await engine.DeliverAsync(StreamEvent.Kinesis(source, ("one", "1"u8.ToArray()), ("two", "2"u8.ToArray())));
        await engine.DeliverAsync(StreamEvent.Kinesis(source, ("three", "3"u8.ToArray())));

        RecordedRequest assumed = Assert.Single(
            await recorder.Moto.GetRecordingAsync(), request => Encoding.UTF8.GetString(request.Body.Span).Contains($"ExternalId=secret-{type}", StringComparison.Ordinal));
        Assert.Contains("Action=AssumeRole", Encoding.UTF8.GetString(assumed.Body.Span), StringComparison.Ordinal);
        Assert.Contains("RoleSessionName=fanout-end-to-end", Encoding.UTF8.GetString(assumed.Body.Span), StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3"], await ReadAsync(other, type, destination));
    }

    // moto knows by the access key of a session which account its calls are for.
    private static async Task<string> AssumeAsync(Uri services)
    {
        using ServiceApi own = new(services);
        XElement answer = await own.QueryAsync("sts", "2011-06-15", "AssumeRole", ("RoleArn", Role), ("RoleSessionName", "reader"));
        return answer.Descendants().Single(element => element.Name.LocalName == "AccessKeyId").Value;
    }

    private static async Task<string> CreateAsync(ServiceApi api, string type)
    {
        if (type == "kinesis")
        {
            await KinesisStream.CreateAsync(api, "engine-account", shards: 1);
            return "engine-account";
        }
        JsonNode created = await api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "engine-account" });
        return (string)created["QueueUrl"]!;
    }

    private static async Task<IEnumerable<string>> ReadAsync(ServiceApi api, string type, string destination)
    {
        if (type == "kinesis")
        {
            return (await KinesisStream.Of(api, destination).ReadAsync()).Select(record => Encoding.UTF8.GetString(Convert.FromBase64String(record.Data)));
        }

        JsonNode received = await api.JsonAsync("sqs", "AmazonSQS.ReceiveMessage", new() { ["QueueUrl"] = destination, ["MaxNumberOfMessages"] = 10 });
        return received["Messages"]!.AsArray().Select(message => (string)message!["Body"]!);
    }

    /// <summary>A moto of this class; the tests that are not of the collection may be recording with theirs.</summary>
    public sealed class Recorder : IAsyncDisposable
    {
        /// <summary>The server.</summary>
        public MotoServer Moto { get; } = new();

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => Moto.DisposeAsync();
    }
}
