using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

public sealed class BatchPieceTests
{
    private static readonly EventSourceMappingOptions Bisecting = new() { BisectBatchOnFunctionError = true, MaximumRetryAttempts = 1 };
    private static readonly EventSourceMappingOptions Plain = new() { MaximumRetryAttempts = 1 };

    [Fact]
    public void Sending_the_same_records_again_uses_up_the_quota()
    {
        var piece = new BatchPiece(0, 4);

        var retried = Assert.Single(piece.AfterFailure(0, Plain));

        Assert.Equal(piece with { Failures = 1 }, retried);
        Assert.Empty(retried.AfterFailure(0, Plain));
    }

    [Fact]
    public void Minus_one_retries_for_ever()
    {
        var piece = new BatchPiece(0, 4, Failures: 1_000_000);

        Assert.Single(piece.AfterFailure(0, new() { MaximumRetryAttempts = -1 }));
    }

    [Fact]
    public void A_failed_batch_is_halved_without_using_up_the_quota() =>
        Assert.Equal([new BatchPiece(2, 2), new BatchPiece(4, 3)], new BatchPiece(2, 5, Failures: 1).AfterFailure(2, Bisecting));

    [Fact]
    public void A_single_record_cannot_be_split() =>
        Assert.Equal([new BatchPiece(3, 1, Failures: 1)], new BatchPiece(3, 1).AfterFailure(3, Bisecting));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_partial_success_leaves_the_records_from_the_checkpoint_on_with_a_fresh_quota(bool bisect) =>
        Assert.Equal([new BatchPiece(4, 3)], new BatchPiece(2, 5, Failures: 1).AfterFailure(4, bisect ? Bisecting : Plain));
}
