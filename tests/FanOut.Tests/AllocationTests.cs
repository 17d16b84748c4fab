using System.Net;
using System.Text;
using Amazon.Runtime;
using FanOut.Engine;
using FanOut.Engine.Credentials;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Tests.Credentials;
using FanOut.Tests.Targets;

namespace FanOut.Tests;

/// <summary>
/// How many bytes a record of Kinesis costs that the garbage collector has to look after, from the event to the request and back: the difference between events with more and with less
/// of them, each of which is one call.
/// </summary>
public sealed class AllocationTests : IDisposable
{
    private const int Few = 100, Many = 400;

    // Whether a record is still outstanding, and what comes with the sizes of pooled memory.
    private const double MostBytes = 8;

    private readonly Services _services = new();
    private readonly AwsClients _clients;

    public AllocationTests() =>
        _clients = new AwsClients(TestTargets.Own, new AssumedRoles(new FakeSts(TimeProvider.System), "f", TimeProvider.System), "us-east-1") { Connections = _services };

    public void Dispose()
    {
        _clients.Dispose();
        _services.Dispose();
    }

    [Theory]
    [InlineData(TargetType.Kinesis, false, false)]
    [InlineData(TargetType.Kinesis, true, false)]
    [InlineData(TargetType.Kinesis, false, true)]
    [InlineData(TargetType.Firehose, false, false)]
    [InlineData(TargetType.Lambda, false, false)]
    [InlineData(TargetType.Sqs, false, false)]
    public async Task A_record_allocates_nothing_from_the_event_to_the_request(TargetType type, bool deaggregate, bool appendNewlines)
    {
        Mapping mapping = TestTargets.Mapping(type) with { SourceArn = LambdaEvent.Stream, Deaggregate = deaggregate, AppendNewlines = appendNewlines };

        long few = await BytesOf(mapping, Few), fewInAnswer = _services.Answer.Length, many = await BytesOf(mapping, Many), manyInAnswer = _services.Answer.Length;

        // The answer is read whole before it is looked into.
        Assert.InRange((many - few - (manyInAnswer - fewInAnswer)) / (double)(Many - Few), double.MinValue, MostBytes);
    }

    private async Task<long> BytesOf(Mapping mapping, int records)
    {
        _services.Prepare(mapping.Type, records);
        byte[] json = LambdaEvent.Of(Enumerable.Range(0, records).Select(static i =>
            LambdaEvent.Kinesis(Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 200)}\"}}"), $"key-{i % 16}", $"4959{i:D20}").ReplaceLineEndings("")));
        var targets = new TargetFactory(_clients, TimeProvider.System);
        await using (targets)
        {
            var dispatcher = new Dispatcher(new OneMapping(mapping), targets, new DeliveryOptions(), TimeProvider.System, new Random(1));
            long least = long.MaxValue;

            // The first ones fill the pools.
            for (int i = 0; i < 5; i++)
            {
                least = Math.Min(least, Dispatch(dispatcher, json, records));
            }

            return least;
        }
    }

    private static long Dispatch(Dispatcher dispatcher, byte[] json, int records)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task<DispatchResult> dispatching = dispatcher.DispatchAsync(json, CancellationToken.None);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        // As all answers are there at once, all of it is done on this thread.
        Assert.True(dispatching.IsCompletedSuccessfully);
        using DispatchResult result = dispatching.Result;
        Assert.Equal((records, 1), (Assert.Single(Assert.Single(result.Groups).Outcomes).Delivered, result.Groups[0].Outcomes[0].Calls));
        return bytes;
    }

    private sealed class OneMapping(Mapping mapping) : IMappingSource
    {
        private readonly Task<MappingSet> _set = Task.FromResult(new MappingSet([mapping], []));

        public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) => _set;
    }

    /// <summary>Answers at once that all was taken.</summary>
    private sealed class Services : HttpClientFactory, IDisposable
    {
        private readonly HttpClient _http;
        private HttpStatusCode _status;

        public Services() => _http = new HttpClient(new Handler(this));

        public byte[] Answer { get; private set; } = [];

        public void Prepare(TargetType type, int records)
        {
            _status = type == TargetType.Lambda ? HttpStatusCode.Accepted : HttpStatusCode.OK;
            Answer = Encoding.UTF8.GetBytes(type switch
            {
                TargetType.Kinesis => $$"""{"FailedRecordCount":0,"Records":[{{Each("{\"SequenceNumber\":\"1\",\"ShardId\":\"s\"}")}}]}""",
                TargetType.Firehose => $$"""{"FailedPutCount":0,"RequestResponses":[{{Each("{\"RecordId\":\"1\"}")}}]}""",
                TargetType.Sqs => """{"Successful":[{"Id":"0","MessageId":"1"}]}""",
                _ => "",
            });
            string Each(string item) => string.Join(',', Enumerable.Repeat(item, records));
        }

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _http;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

        public void Dispose() => _http.Dispose();

        private sealed class Handler(Services services) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(new HttpResponseMessage(services._status) { Content = new ByteArrayContent(services.Answer), RequestMessage = request });
        }
    }
}
