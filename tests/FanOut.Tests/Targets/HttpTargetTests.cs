using System.Collections.Concurrent;
using System.Text;
using FanOut.Aws.Http;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.LocalCloud.Http;
using FanOut.Tests.Batching;

namespace FanOut.Tests.Targets;

/// <summary>What an endpoint gets, and what its answers mean.</summary>
public sealed class HttpTargetTests : IAsyncDisposable
{
    private readonly ConcurrentQueue<HttpRequest> _requests = [];
    private readonly HttpServer _server;
    private Func<HttpRequest, HttpResponse> _answer = static _ => new HttpResponse { Status = 204 };

    public HttpTargetTests() => _server = HttpServer.Start((request, _) =>
    {
        _requests.Enqueue(request);
        return Task.FromResult(_answer(request));
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(Collapse.Json, """{"Records":[{"n":1},[2]]}""", "application/json")]
    [InlineData(Collapse.JsonArray, """[{"n":1},[2]]""", "application/json")]
    [InlineData(Collapse.JsonLines, "{\"n\":1}\n[2]\n", "application/x-ndjson")]
    [InlineData(Collapse.Concat, """{"n":1}[2]""", "application/octet-stream")]
    public async Task Records_share_a_request_as_the_mapping_says(Collapse collapse, string body, string contentType)
    {
        Assert.Empty((await SendAsync(collapse, TestPayloads.Payload("""{"n":1}"""), TestPayloads.Payload("[2]"))).Items);

        HttpRequest request = Assert.Single(_requests);
        Assert.Equal(("POST", "/orders", body, contentType), (request.Method, request.Path, request.Text, request.Header("Content-Type")));
        Assert.Equal($"{body.Length}", request.Header("Content-Length"));
        Assert.Equal(("0", "1", "2", null), (request.Header("X-FanOut-Sequence-Number"), request.Header("X-FanOut-Last-Sequence-Number"), request.Header("X-FanOut-Records"), request.Header("X-FanOut-Key")));
        Assert.Matches("^0-[0-9a-f]{16}-[0-9a-f]{16}$", request.Header("Idempotency-Key"));
    }

    [Theory]
    [InlineData("""{"n":1}""", "application/json")]
    [InlineData(" 1 ", "application/json")]
    [InlineData("a,b\n", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public async Task A_record_alone_is_sent_as_it_is(string data, string contentType)
    {
        await SendAsync(Collapse.None, TestPayloads.Payload(data, "key 100%é\r\nX-Evil: 1"));

        HttpRequest request = Assert.Single(_requests);
        Assert.Equal((data, contentType), (request.Text, request.Header("Content-Type")));
        Assert.Equal((TestPayloads.Source, "m", "0"), (request.Header("X-FanOut-Source"), request.Header("X-FanOut-Target"), request.Header("X-FanOut-Sequence-Number")));
        Assert.Equal("key%20100%25%C3%A9%0D%0AX-Evil:%201", request.Header("X-FanOut-Key"));
        Assert.Matches("^0-[0-9a-f]{16}$", request.Header("Idempotency-Key"));
        Assert.Null(request.Header("X-Evil"));
    }

    [Fact]
    public async Task A_request_that_is_repeated_has_the_same_id_and_no_other_request_has_it()
    {
        Payload[] two = [TestPayloads.Payload("1"), TestPayloads.Payload("2")];
        await SendAsync(Collapse.Json, two);
        await SendAsync(Collapse.Json, two);
        await SendAsync(Collapse.Json, [.. two, TestPayloads.Payload("3")]);
        await SendAsync(Collapse.Json, two[0]);
        await SendAsync(TestTargets.Mapping(TargetType.Http, id: "other") with { Collapse = Collapse.Json }, two);

        string?[] ids = [.. _requests.Select(static r => r.Header("Idempotency-Key"))];
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task Any_success_takes_all(int status)
    {
        _answer = _ => HttpResponse.Text(status, "text/html", "<html>whatever");
        Assert.Empty((await SendAsync(Collapse.Json, TestPayloads.Payload("1"), TestPayloads.Payload("2"))).Items);
    }

    [Theory]
    [InlineData(207, FailureClass.PermanentTarget, "for each record by itself")]
    [InlineData(301, FailureClass.PermanentTarget, "redirections are not followed")]
    [InlineData(304, FailureClass.PermanentTarget, "redirections are not followed")]
    [InlineData(400, FailureClass.PermanentItem, "says: no orders")]
    [InlineData(401, FailureClass.PermanentTarget, "denies")]
    [InlineData(402, FailureClass.PermanentTarget, "402")]
    [InlineData(403, FailureClass.PermanentTarget, "denies")]
    [InlineData(404, FailureClass.PermanentTarget, "nothing at this address")]
    [InlineData(405, FailureClass.PermanentTarget, "no POST")]
    [InlineData(408, FailureClass.Ambiguous, "408")]
    [InlineData(409, FailureClass.Unknown, "409")]
    [InlineData(410, FailureClass.PermanentTarget, "nothing at this address")]
    [InlineData(413, FailureClass.PermanentItem, "MaxBatchBytes")]
    [InlineData(415, FailureClass.PermanentItem, "Collapse")]
    [InlineData(418, FailureClass.Unknown, "418")]
    [InlineData(422, FailureClass.PermanentItem, "422")]
    [InlineData(425, FailureClass.Refused, "425")]
    [InlineData(429, FailureClass.Refused, "too often")]
    [InlineData(500, FailureClass.Ambiguous, "500")]
    [InlineData(501, FailureClass.PermanentTarget, "no POST")]
    [InlineData(502, FailureClass.Ambiguous, "502")]
    [InlineData(503, FailureClass.Ambiguous, "503")]
    [InlineData(504, FailureClass.Ambiguous, "504")]
    public async Task A_status_says_what_is_to_be_done(int status, FailureClass expected, string words)
    {
        _answer = _ => HttpResponse.Text(status, "text/plain", "no orders");

        Failure failure = Classify.Of(await Assert.ThrowsAsync<HttpAnswerException>(() => SendAsync(Collapse.Json, TestPayloads.Payload("1"))));

        Assert.Equal((expected, $"Http{status}"), (failure.Class, failure.Code));
        Assert.Contains(words, failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "7", "in 7 s (Retry-After)")]
    [InlineData(503, "3600", "in 60 min (Retry-After)")]
    [InlineData(429, "9000", "in 3 h (Retry-After)")]
    [InlineData(429, "99999999", "in a day or more (Retry-After)")]
    [InlineData(429, "soon", null)]
    public async Task When_it_wants_the_next_request_is_in_the_reason(int status, string retryAfter, string? words)
    {
        _answer = _ => HttpResponse.Text(status, "text/plain", "no orders") with { Headers = new Dictionary<string, string> { ["Retry-After"] = retryAfter } };

        Failure failure = Classify.Of(await Assert.ThrowsAsync<HttpAnswerException>(() => SendAsync(Collapse.Json, TestPayloads.Payload("1"))));

        Assert.Equal(words is not null, failure.Reason.Contains("Retry-After", StringComparison.Ordinal));
        Assert.Contains(words ?? "", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Collapse.Json)]
    [InlineData(Collapse.JsonArray)]
    [InlineData(Collapse.JsonLines)]
    public void What_is_no_JSON_is_not_put_between_others(Collapse collapse)
    {
        TargetBatch batch = TestPayloads.Batch(Target(TestTargets.Mapping(TargetType.Http) with { Collapse = collapse }).Cutter, TestPayloads.Payload("1"), TestPayloads.Payload("{"), TestPayloads.Payload(""));

        Assert.Equal([(1, "NotJson"), (2, "NotJson")], batch.Failed.Select(static f => (f.Payload, f.Failure.Code)));
    }

    [Fact]
    public async Task A_line_of_JSON_is_one_line_whatever_the_record_has_between_its_tokens()
    {
        await SendAsync(Collapse.JsonLines, TestPayloads.Payload("{\r\n \"n\": 1\n}\n"), TestPayloads.Payload("2"));

        Assert.Equal("{   \"n\": 1 } \n2\n", Assert.Single(_requests).Text);
    }

    // The whole engine: one record that the endpoint does not like costs its neighbours nothing.
    [Theory]
    [InlineData(400, "none")]
    [InlineData(422, "JSON")]
    [InlineData(413, "array")]
    [InlineData(400, "ndjson")]
    [InlineData(409, "ndjson")]
    public async Task A_bad_record_is_found_and_all_others_arrive_once(int status, string collapse)
    {
        _answer = r => r.Text.Contains("bad", StringComparison.Ordinal) ? HttpResponse.Text(status, "text/plain", "no") : new HttpResponse { Status = 200 };
        Assert.True(MappingText.TryParse(collapse, out Collapse how));
        Mapping mapping = TestTargets.Mapping(TargetType.Http) with { SourceArn = LambdaEvent.Stream, Collapse = how };

        GroupResult result = await DispatchAsync(mapping, [.. Enumerable.Range(0, 40).Select(static n => n == 17 ? "\"bad\"" : $"\"good{n}\"")]);

        Assert.Equal([17], result.Failed);
        Outcome outcome = Assert.Single(result.Outcomes);
        Assert.Equal(39, outcome.Delivered);
        Assert.Equal((FailureClass.PermanentItem, $"Http{status}"), Assert.Single(outcome.Failures).Key);
        string taken = string.Join(' ', _requests.Where(static r => !r.Text.Contains("bad", StringComparison.Ordinal)).Select(static r => r.Text));
        Assert.All(Enumerable.Range(0, 40).Where(static n => n != 17), n => Assert.Equal(2, taken.Split($"\"good{n}\"").Length));
    }

    [Fact]
    public async Task An_endpoint_that_denies_is_not_asked_for_each_record()
    {
        _answer = static _ => HttpResponse.Text(403, "text/plain", "no");

        GroupResult result = await DispatchAsync(TestTargets.Mapping(TargetType.Http) with { SourceArn = LambdaEvent.Stream, Collapse = Collapse.None, Parallel = false }, [.. Enumerable.Repeat("1", 20)]);

        Assert.Equal(20, result.Failed.Count);
        Assert.Single(_requests);
    }

    private async Task<GroupResult> DispatchAsync(Mapping mapping, string[] records)
    {
        using var invoker = new HttpMessageInvoker(new PlainEndpoint(_server.Endpoint));
        using var clients = new AwsClients(TestTargets.Own, new Engine.Credentials.AssumedRoles(new Credentials.FakeSts(TimeProvider.System), "f", TimeProvider.System), "us-east-1")
        {
            Http = new HttpConnections(invoker, TimeProvider.System),
        };
        await using var targets = new TargetFactory(clients, TimeProvider.System);
        var dispatcher = new Dispatcher(new Mappings(mapping), targets, new DeliveryOptions { ReportsItems = true }, TimeProvider.System, new Random(1));
        byte[] json = LambdaEvent.Of([.. records.Select(static (r, n) => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(r), $"k{n}", $"{1000 + n}"))]);
        return Assert.Single((await dispatcher.DispatchAsync(json, TestContext.Current.CancellationToken)).Groups);
    }

    private Task<Receipt> SendAsync(Collapse collapse, params Payload[] payloads) => SendAsync(TestTargets.Mapping(TargetType.Http) with { Collapse = collapse }, payloads);

    private async Task<Receipt> SendAsync(Mapping mapping, params Payload[] payloads)
    {
        await using ITarget target = Target(mapping);
        TargetBatch batch = TestPayloads.Batch(target.Cutter, payloads);
        return await target.SendAsync(batch, batch.Items.ToArray(), TestContext.Current.CancellationToken);
    }

    private ITarget Target(Mapping mapping) => TestTargets.Target(mapping, _server.Endpoint);

    private sealed class Mappings(Mapping mapping) : IMappingSource
    {
        public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) => Task.FromResult(new MappingSet([mapping], []));
    }
}
