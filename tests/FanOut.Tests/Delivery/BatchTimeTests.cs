using FanOut.Engine.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Delivery;

public class BatchTimeTests
{
    [Theory]
    [InlineData(30, 26, 27.3, 28, 13)]
    [InlineData(3, 2.4, 2.6, 2.7, 10)]
    [InlineData(900, 896, 897.3, 898, 448)]
    public void The_time_is_divided(double left, double sending, double burying, double noting, double patience)
    {
        var time = new FakeTimeProvider();
        using var batch = BatchTime.Of(TimeSpan.FromSeconds(left), time, CancellationToken.None);
        double now = 0;

        Assert.Equal(patience, batch.AnswerWithin.TotalSeconds);
        foreach ((CancellationToken token, double end) in new[] { (batch.Sending, sending), (batch.Burying, burying), (batch.Noting, noting) })
        {
            time.Advance(TimeSpan.FromSeconds(end - 0.05 - now));
            Assert.False(token.IsCancellationRequested);
            time.Advance(TimeSpan.FromSeconds(0.1));
            Assert.True(token.IsCancellationRequested);
            now = end + 0.05;
        }
    }

    [Fact]
    public void Where_there_is_no_time_it_ends_soon()
    {
        var time = new FakeTimeProvider();
        using var batch = BatchTime.Of(TimeSpan.FromSeconds(-5), time, CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(batch.Sending.IsCancellationRequested && batch.Burying.IsCancellationRequested && batch.Noting.IsCancellationRequested);
    }

    [Fact]
    public void The_end_of_the_process_ends_all_of_it()
    {
        using var ended = new CancellationTokenSource();
        using var batch = BatchTime.Of(TimeSpan.FromSeconds(30), new FakeTimeProvider(), ended.Token);
        ended.Cancel();
        Assert.True(batch.Sending.IsCancellationRequested && batch.Burying.IsCancellationRequested && batch.Noting.IsCancellationRequested);
    }
}
