using FanOut.Sources;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Sources;

public sealed class PollTests
{
    private readonly WaitedTime _time = new(new FakeTimeProvider());

    [Theory]
    [InlineData(1, "")]
    [InlineData(3, "1 1")]
    public async Task It_looks_until_all_is_as_it_should_be(int looks, string waits)
    {
        int seen = 0;

        int last = await Poll.LastAsync(UntilAsync(_ => Task.FromResult(++seen), n => n == looks, TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);

        Assert.Equal((looks, waits), (last, string.Join(' ', _time.Waits.Select(static w => w.TotalSeconds))));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.5, 3)]
    public async Task It_gives_up_at_the_end_of_its_time_and_looks_once_more_there(double seconds, int looks)
    {
        int seen = 0;

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => Poll.LastAsync(
            UntilAsync(_ => Task.FromResult(++seen), static _ => false, TimeSpan.FromSeconds(seconds)), TestContext.Current.CancellationToken));

        Assert.Equal($"{looks}", error.Message);
        Assert.Equal(seconds, _time.Waits.Sum(static w => w.TotalSeconds));
    }

    [Fact]
    public async Task It_ends_when_it_is_cancelled()
    {
        using CancellationTokenSource stopping = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Poll.LastAsync(
            Poll.UntilAsync(
                async _ =>
                {
                    await stopping.CancelAsync();
                    return 1;
                },
                static _ => false,
                TimeSpan.FromDays(1),
                static _ => new TimeoutException(),
                TimeProvider.System,
                stopping.Token),
            stopping.Token));
    }

    private IAsyncEnumerable<int> UntilAsync(Func<CancellationToken, Task<int>> look, Func<int, bool> isDone, TimeSpan timeout) =>
        Poll.UntilAsync(look, isDone, timeout, static n => new TimeoutException($"{n}"), _time, TestContext.Current.CancellationToken);
}
