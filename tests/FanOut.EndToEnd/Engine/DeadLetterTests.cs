using System.Text;
using System.Text.Json;
using Amazon.SecurityToken;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;
using FanOut.Engine.Batching;
using FanOut.Engine.Credentials;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.EndToEnd.Engine;

/// <summary>Dead letters at moto, composed as the function composes them.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class DeadLetterTests(MotoServer moto)
{
    private static readonly string Source = StreamEvent.StreamArn("letters-source");

    [Theory]
    [InlineData("letters-plain")]
    [InlineData("letters-ordered.fifo")]
    public async Task Envelopes_go_to_a_queue(string name)
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, name);

        await SendAsync(services, queue.Url, 23);
        await SendAsync(services, queue.Arn, 1, from: 23);

        await CheckAsync(queue, 24);
    }

    [Fact]
    public async Task Envelopes_go_to_a_topic()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, "letters-topic");

        await SendAsync(services, await queue.SubscribeTopicAsync("letters-topic"), 23);

        await CheckAsync(queue, 23);
    }

    [Fact]
    public async Task Envelopes_go_to_a_bucket()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Bucket bucket = await Bucket.CreateAsync(services, "letters-bucket");

        await SendAsync(services, "s3://letters-bucket/team=a/letters", 23);

        string text = Encoding.UTF8.GetString(Assert.Single(await bucket.ReadAsync()));
        Check(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), 23);
    }

    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:absent")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:absent")]
    [InlineData("s3://letters-absent/x")]
    public async Task Nothing_counts_as_taken_by_a_place_that_is_not_there(string place)
    {
        Receipt receipt = await TrySendAsync((await moto.StartAsync()).Endpoint, place, 23);

        Assert.Equal(23, receipt.Items.Count);
        Assert.All(receipt.Items, i => Assert.Equal(FailureClass.PermanentTarget, i.Failure.Class));
        Assert.Contains(place, receipt.Items[0].Failure.Reason, StringComparison.Ordinal);
    }

    private static async Task SendAsync(Uri services, string place, int count, int from = 0) => Assert.Empty((await TrySendAsync(services, place, count, from)).Items);

    private static async Task<Receipt> TrySendAsync(Uri services, string place, int count, int from = 0)
    {
        Assert.True(Destination.TryParseDeadLetter(place, out Destination? parsed, out string? problem), problem);
        Mapping mapping = Row.Of(Source, "kinesis", "letters-copy") with { DeadLetter = parsed, OnFailure = OnFailure.DeadLetter };
        RecordGroup group = Assert.Single(EventReader.Read(StreamEvent.Kinesis(Source, [.. Enumerable.Range(0, from + count).Select(i => ($"é{i}", new byte[] { (byte)i, 255 }))])));
        Undelivered[] lost = [.. Enumerable.Range(from, count).Select(i => new Undelivered(i, null, new Failure(FailureClass.Refused, "Throttled", "Not now."), Attempts.None))];
        using EndpointVariables endpoints = new(services, null);
        using AmazonSecurityTokenServiceClient sts = AssumedRoles.CreateClient(Emulated.Region, Emulated.Credentials);
        using AwsClients clients = new(Emulated.Credentials, new(sts, "end-to-end", TimeProvider.System), Emulated.Region);
        return await new SendDeadLetters(clients, new Origin("end-to-end"), TimeProvider.System, new Random(1)).SendAsync(mapping, group, lost, long.MaxValue, TestContext.Current.CancellationToken);
    }

    private static async Task CheckAsync(Queue queue, int count)
    {
        IReadOnlyList<ReceivedMessage> messages = await queue.ReceiveAllAsync();
        Assert.All(messages, m => Assert.Null(m.Encoding));
        Check(messages.Select(m => m.Body), count);
    }

    private static void Check(IEnumerable<string> envelopes, int count)
    {
        JsonElement[] read = [.. envelopes.Select(e => JsonDocument.Parse(e).RootElement)];
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"é{i}").Order(), read.Select(e => e.GetProperty("partitionKey").GetString()).Order());
        Assert.All(read, e => Assert.Equal($"é{e.GetProperty("data").GetBytesFromBase64()[0]}", e.GetProperty("partitionKey").GetString()));
        Assert.All(read, e => Assert.Equal(("Throttled", "end-to-end"), (e.GetProperty("code").GetString(), e.GetProperty("functionName").GetString())));
    }
}
