using FanOut.Reports;

namespace FanOut.Tests.Reports;

/// <summary>What Lambda charges, by its published prices.</summary>
public sealed class LambdaCostTests
{
    [Theory]
    [InlineData(false, "0.0000166667")]
    [InlineData(true, "0.0000133334")]
    public void Time_by_memory_and_processor_and_requests_by_the_million(bool isArm64, string price)
    {
        LambdaCost cost = new(default, default, Invocations: 2_000_000, Duration: TimeSpan.FromSeconds(79_000), MemorySize: 256, isArm64);

        // 79,000 s and half a millisecond for each invocation, a quarter of a GB.
        Assert.Equal(20_000, cost.GigabyteSeconds, 6);
        Assert.Equal(20_000 * decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), cost.Time);
        Assert.Equal(0.40m, cost.Requests);
    }
}
