using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Hostile;

/// <summary>Targets whose hosts answer without end, hugely or slowly: the call ends, little was taken, and what is told of it is short.</summary>
public sealed class HostileHttpTests
{
    // What lies in the buffers of both sockets comes on top of what was read.
    private const long MostTaken = 24 * 1024 * 1024;

    private static readonly TargetType[] OverHttp = [TargetType.Kinesis, TargetType.Firehose, TargetType.Sqs, TargetType.Sns, TargetType.Lambda, TargetType.Events, TargetType.States, TargetType.Iot, TargetType.Es, TargetType.Http];

    public static TheoryData<TargetType, string> Cases => new(from type in OverHttp from answer in HttpAnswers.All.Keys select (type, answer));

    public static TheoryData<TargetType> Types => [.. OverHttp];

    public static TheoryData<TargetType> Readers => [.. OverHttp.Where(static t => t != TargetType.Http)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_call_ends_by_itself_and_takes_little(TargetType type, string answer)
    {
        await using HostileHost host = HostileHost.Start(async a =>
        {
            await HttpAnswers.ReceiveAsync(a);
            await HttpAnswers.All[answer](a);
        });

        Exception? exception = await SendAsync(type, host, TestContext.Current.CancellationToken);

        Assert.InRange(host.Sent, 0, MostTaken);
        Assert.InRange(host.Connections, 1, 2);
        if (type == TargetType.Http && HttpAnswers.Succeeds(answer))
        {
            // The status is all that an endpoint has to say: what follows it is not read.
            Assert.Null(exception);
            return;
        }

        Assert.NotNull(exception);
        Failure failure = Classify.Of(exception);
        Assert.InRange(failure.Code.Length, 1, 200);
        Assert.InRange(failure.Reason.Length, 1, 2_500);
        Assert.InRange(failure.RequestId?.Length ?? 0, 0, 200);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_call_whose_connection_breaks_is_sent_once(TargetType type)
    {
        await using HostileHost host = HostileHost.Start(HttpAnswers.ReceiveAsync);

        Assert.NotNull(await SendAsync(type, host, TestContext.Current.CancellationToken));

        Assert.Equal(1, host.Connections);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task An_answer_that_stalls_is_ended_by_whoever_waits(TargetType type)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using HostileHost host = HostileHost.Start(async a =>
        {
            await HttpAnswers.ReceiveAsync(a);
            await a.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            await patience.CancelAsync();
            await a.StallAsync();
        });

        Assert.IsType<OperationCanceledException>(await SendAsync(type, host, patience.Token), exactMatch: false);
    }

    [Fact]
    public async Task A_refusal_of_an_endpoint_that_stalls_is_not_waited_for()
    {
        await using HostileHost host = HostileHost.Start(async a =>
        {
            await HttpAnswers.ReceiveAsync(a);
            await a.SendAsync("HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            await a.StallAsync();
        });

        Assert.Equal("Http400", Classify.Of(Assert.IsType<HttpAnswerException>(await SendAsync(TargetType.Http, host, TestContext.Current.CancellationToken))).Code);
    }

    private static async Task<Exception?> SendAsync(TargetType type, HostileHost host, CancellationToken cancellationToken)
    {
        await using ITarget target = TestTargets.Target(TestTargets.Mapping(type) with { Collapse = type == TargetType.Http ? Collapse.Json : Collapse.None }, host.Endpoint);
        TargetBatch batch = TestPayloads.Batch(target.Cutter, [.. Enumerable.Range(0, type is TargetType.Iot or TargetType.States ? 1 : 3).Select(static n => TestPayloads.Payload($"{{\"n\":{n}}}"))]);
        return await Record.ExceptionAsync(() => target.SendAsync(batch, batch.Items.ToArray(), cancellationToken));
    }
}
