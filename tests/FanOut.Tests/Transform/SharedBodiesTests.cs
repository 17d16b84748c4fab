using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

public class SharedBodiesTests
{
    private readonly SharedBodies _bodies = new();
    private readonly List<Written> _made = [];

    [Fact]
    public void What_is_in_use_is_lent_again_and_ends_with_its_last_borrower()
    {
        BorrowedBody<Written> one = Borrow(0, 5), other = Borrow(0, 5);
        Assert.Same(one.Body, other.Body);

        one.Dispose();
        Assert.False(other.Body.IsDisposed);
        other.Dispose();
        Assert.True(Assert.Single(_made).IsDisposed);
    }

    [Fact]
    public void Nothing_is_kept_for_those_who_come_later()
    {
        Borrow(0, 5).Dispose();
        using BorrowedBody<Written> later = Borrow(0, 5);

        Assert.Equal(2, _made.Count);
        Assert.False(later.Body.IsDisposed);
    }

    [Fact]
    public void Other_payloads_and_other_kinds_have_their_own()
    {
        using BorrowedBody<Written> one = Borrow(0, 5), shorter = Borrow(0, 4), behind = Borrow(1, 5);
        using BorrowedBody<MemoryStream> ofAnotherKind = _bodies.Borrow(0, 5, static () => new MemoryStream());

        Assert.Equal(3, _made.Count);
    }

    private BorrowedBody<Written> Borrow(int first, int count) => _bodies.Borrow(first, count, () =>
    {
        _made.Add(new Written());
        return _made[^1];
    });

    private sealed class Written : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
