using FanOut.Engine.Targets;

namespace FanOut.Tests.Targets;

public sealed class CacheFailuresTests
{
    private static readonly CacheEntry[] Entries = [Entry.Set("a"), Entry.Set("b"), Entry.Delete("a"), Entry.Set("a"), Entry.Set("b")];

    [Fact]
    public void Nothing_failed() => Assert.Empty(CacheFailures.WithoutSuperseded([], Entries));

    [Fact]
    public void A_refused_write_that_a_later_one_stands_for_is_not_sent_again() =>
        Assert.Empty(CacheFailures.WithoutSuperseded([Refused(0), Refused(2)], Entries));

    [Fact]
    public void A_refused_write_with_no_later_one_taken_is_reported() =>
        Assert.Equal([Refused(2), Refused(3), Refused(4)], CacheFailures.WithoutSuperseded([Refused(3), Refused(4), Refused(2)], Entries));

    [Fact]
    public void A_rejected_write_is_always_reported() =>
        Assert.Equal([Rejected(0)], CacheFailures.WithoutSuperseded([Rejected(0)], Entries));

    private static CacheFailure Refused(int index) => new(index, true, "OOM", "");

    private static CacheFailure Rejected(int index) => new(index, false, "SERVER_ERROR", "");
}
