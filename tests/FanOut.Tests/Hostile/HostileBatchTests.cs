using System.Text;
using System.Text.Json;
using FanOut.Dispatch;
using FanOut.Engine;
using FanOut.Engine.Delivery;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;
using FanOut.Tests.Dispatch;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Hostile;

/// <summary>What a hostile target's words may do to the whole: the log line, the answer, and the other records.</summary>
public sealed class HostileBatchTests
{
    [Fact]
    public async Task Neither_the_log_nor_the_answer_repeats_what_a_target_said_at_length()
    {
        string error = new('m', 7_000_000);
        await using HostileHost host = HostileHost.Start(async a =>
        {
            await HttpAnswers.ReceiveAsync(a);
            await a.SendAsync(HttpAnswers.Response("403 Forbidden", $"x-amzn-ErrorType: {new string('c', 30_000)}\r\n", $"{{\"message\":\"{error}\"}}"));
        });
        using var lines = new MemoryStream();

        StubRuntime runtime = await RunAsync(lines, TestTargets.Mapping(TargetType.Iot, $"{host.Endpoint.AbsoluteUri.TrimEnd('/')}#topic"), LambdaEvent.Of(LambdaEvent.Kinesis("{}"u8.ToArray())));

        Assert.InRange(lines.Length, 1, 6_000);
        Assert.InRange(Assert.Single(runtime.Posts).Body.Length, 1, 6_000);
        Assert.Matches("ccc… \\([0-9,]+ characters left out\\)", JsonDocument.Parse(Assert.Single(runtime.Posts).Body).RootElement.GetProperty("errorMessage").GetString());
        Assert.Matches("mmm… \\([0-9,]+ characters left out\\)", JsonDocument.Parse(lines.ToArray()).RootElement.GetProperty("sources")[0].GetProperty("targets")[0].GetProperty("failures")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_thousand_kinds_of_failures_are_no_thousand_entries_of_the_log()
    {
        await using HostileHost host = HostileHost.Start(async a =>
        {
            await HttpAnswers.ReceiveAsync(a);
            string items = string.Join(',', Enumerable.Range(0, 1_000).Select(static n => $"{{\"index\":{{\"status\":400,\"error\":{{\"type\":\"kind_{n}\",\"reason\":\"{new string('r', 2_000)}\"}}}}}}"));
            await a.SendAsync(HttpAnswers.Response("200 OK", "", $"{{\"items\":[{items}]}}"));
        });
        using var lines = new MemoryStream();

        await RunAsync(
            lines, TestTargets.Mapping(TargetType.Es, $"{host.Endpoint.AbsoluteUri.TrimEnd('/')}#index"), LambdaEvent.Of([.. Enumerable.Range(0, 1_000).Select(static n => LambdaEvent.Kinesis("{}"u8.ToArray(), sequenceNumber: $"{n}"))]));

        Assert.InRange(lines.Length, 1, 60_000);
        Assert.Contains("\"otherKindsOfFailures\":980", Encoding.UTF8.GetString(lines.ToArray()), StringComparison.Ordinal);
    }

    /// <summary>An index quotes the whole value that it could not take: that item is found, and the others arrive.</summary>
    [Fact]
    public async Task An_answer_that_one_item_makes_too_large_is_that_item_s_failure()
    {
        string reason = new('v', 5_000_000);
        await using HostileHost host = HostileHost.Start(async a =>
        {
            string request = await HttpAnswers.ReceiveAsync(a);
            int items = request.Split("{\"index\":").Length - 1;
            string bad = $"{{\"index\":{{\"status\":400,\"error\":{{\"type\":\"mapper_parsing_exception\",\"reason\":\"{reason}\"}}}}}}";
            IEnumerable<string> answers = Enumerable.Repeat("{\"index\":{\"status\":201}}", items - (request.Contains("poison", StringComparison.Ordinal) ? 1 : 0));
            await a.SendAsync(HttpAnswers.Response("200 OK", "", $"{{\"items\":[{string.Join(',', request.Contains("poison", StringComparison.Ordinal) ? answers.Append(bad) : answers)}]}}"));
        });
        var dispatcher = new Dispatcher(
            new Source(TestTargets.Mapping(TargetType.Es, $"{host.Endpoint.AbsoluteUri.TrimEnd('/')}#index")), TestTargets.Factory(TimeProvider.System), new DeliveryOptions(), TimeProvider.System, new Random(1));

        DispatchResult result = await dispatcher.DispatchAsync(
            LambdaEvent.Of([.. Enumerable.Range(0, 20).Select(static n => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(n == 13 ? "{\"poison\":1}" : "{}"), $"k{n}", $"{n}"))]), TestContext.Current.CancellationToken);

        Assert.Equal([13], Assert.Single(result.Groups).Failed);
        Assert.Equal(19, result.Groups[0].Outcomes[0].Delivered);
        Assert.Equal("AnswerTooLarge", Assert.Single(result.Groups[0].Outcomes[0].Failures).Key.Code);
    }

    private static async Task<StubRuntime> RunAsync(MemoryStream lines, Mapping mapping, byte[] json)
    {
        TimeProvider time = TimeProvider.System;
        using var done = new CancellationTokenSource();
        using var runtime = new StubRuntime(json, time.GetUtcNow().AddSeconds(60), done);
        using var http = new HttpClient(runtime, disposeHandler: false);
        await using TargetFactory targets = TestTargets.Factory(time);
        var dispatcher = new Dispatcher(new Source(mapping), targets, new DeliveryOptions(), time, new Random(1));
        var function = new Function(new RuntimeClient(http, "127.0.0.1:9001"), dispatcher, null, FunctionSettingsTests.Read(), new JsonLog(lines, LogLevel.Info, time), time);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => function.RunAsync(done.Token));
        return runtime;
    }

    private sealed class Source(Mapping mapping) : IMappingSource
    {
        public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) => Task.FromResult(new MappingSet([mapping], []));
    }
}
