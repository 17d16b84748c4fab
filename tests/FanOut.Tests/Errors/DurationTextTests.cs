using FanOut.Errors;

namespace FanOut.Tests.Errors;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(1, "1 second")]
    [InlineData(90, "1 minute 30 seconds")]
    [InlineData(21_600, "6 hours")]
    [InlineData(108_000, "1 day 6 hours")]
    [InlineData(604_800, "7 days")]
    public void A_duration_is_said_in_words(int seconds, string expected) => Assert.Equal(expected, DurationText.Of(TimeSpan.FromSeconds(seconds)));
}
