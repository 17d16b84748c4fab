using FanOut.Aws;
using FanOut.Engine.Batching;

namespace FanOut.Tests.Aws;

public class OutsideTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(58)]
    public void What_is_short_stays_whole(int length) => Assert.Equal(new string('x', length), OutsideText.Cut(new string('x', length), 10));

    [Fact]
    public void What_is_long_says_how_much_of_it_is_left_out() => Assert.Equal("xxxxxxxxxx… (6,999,990 characters left out)", OutsideText.Cut(new string('x', 7_000_000), 10));

    [Fact]
    public void A_second_cut_does_not_hide_the_first()
    {
        string once = OutsideText.Cut(new string('x', 7_000_000), 100);
        Assert.Equal(once, OutsideText.Cut(once, 100));
    }

    [Fact]
    public void No_character_is_cut_in_two() => Assert.Equal("xxxxxxxxx… (182 characters left out)", OutsideText.Cut("xxxxxxxxx" + string.Concat(Enumerable.Repeat("🔑", 91)), 10));

    [Fact]
    public void A_failure_is_never_long()
    {
        var failure = new Failure(FailureClass.PermanentItem, new string('c', 5_000), new string('r', 5_000)) { RequestId = new string('i', 5_000) };
        Assert.Equal((128, 2_048, 128), (failure.Code.IndexOf('…'), failure.Reason.IndexOf('…'), failure.RequestId!.IndexOf('…')));
    }
}
