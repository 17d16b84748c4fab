using FanOut.Credentials;
using FanOut.LocalCloud;
using FanOut.Operations;
using FanOut.Tests.Sources;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Operations;

/// <summary>Waiting for the function to tell of a marked record.</summary>
public sealed class FollowMarkTests : IAsyncDisposable
{
    private const string Group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout";
    private const string Mark = "fanout-test-0123456789abcdef0123456789abcdef";

    private readonly Cloud _cloud = Cloud.Start();
    private readonly WaitedTime _time = new(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
    private readonly AwsSession _session;

    public FollowMarkTests() => _session = SourceTests.Open(_cloud.Endpoint);

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task A_log_that_is_not_there_yet_and_lines_of_others_are_waited_out()
    {
        Task<MarkedNews?> finding = FindAsync(TimeSpan.FromDays(1), TestContext.Current.CancellationToken);
        await WaitedAsync(2);
        _cloud.Logs.CreateLogGroup("/aws/lambda/fanout");
        foreach (string line in new[] { $"no JSON {Mark}", $$"""{"message":"batch","mark":"{{Mark}}"}""", Line("fanout-test-ffff", "delivered"), $"[\"{Mark}\"]", Line(Mark, "failed", "no") })
        {
            _cloud.Logs.Write(Group, "stream", line);
        }

        MarkedNews news = (await finding)!;
        Assert.Equal(("r-1", TimeSpan.FromMilliseconds(1500), null), (news.RequestId, news.Age, news.Reason));
        Assert.Equal([new MarkedTarget("archive", "failed", "Oversize, TooLong: no")], news.Targets);
    }

    [Fact]
    public async Task It_ends_when_the_patience_does_and_when_it_is_cancelled()
    {
        _cloud.Logs.CreateLogGroup("/aws/lambda/fanout");

        Assert.Null(await FindAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.Equal(5, _time.Waits.Count);

        using var stop = new CancellationTokenSource();
        Task<MarkedNews?> stopped = FindAsync(TimeSpan.FromDays(1), stop.Token);
        await WaitedAsync(7);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
    }

    private static string Line(string mark, string state, string? reason = null) =>
        $$"""{"time":"2026-11-28T13:00:00Z","level":"info","message":"test record","requestId":"r-1","mark":"{{mark}}","source":"s","ageMs":1500,"targets":[{"id":"archive","state":"{{state}}","ms":1{{(reason is null ? "" : $",\"class\":\"Oversize\",\"code\":\"TooLong\",\"reason\":\"{reason}\"")}}}]}""";

    private Task<MarkedNews?> FindAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        new FollowMark(new LogReader(_session, "/aws/lambda/fanout", "fanout"), _time).FindAsync(Mark, patience, cancellationToken);

    private async Task WaitedAsync(int times)
    {
        while (_time.Waits.Count < times)
        {
            await Task.Yield();
        }
    }
}
