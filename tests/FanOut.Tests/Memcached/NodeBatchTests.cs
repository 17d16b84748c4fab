using FanOut.Engine.Memcached;
using FanOut.Engine.Targets;

namespace FanOut.Tests.Memcached;

public sealed class NodeBatchTests
{
    [Theory]
    [InlineData(MemcachedAnswerKind.Stored, false)]
    [InlineData(MemcachedAnswerKind.Deleted, true)]
    [InlineData(MemcachedAnswerKind.NotFound, true)]
    internal void These_mean_taken(MemcachedAnswerKind kind, bool isDelete)
    {
        NodeBatch batch = Batch(isDelete);

        Assert.True(batch.Take(new(kind, "")));
        Assert.Equal(1, batch.Answered);
        Assert.Empty(batch.Failures);
    }

    [Theory]
    [InlineData(MemcachedAnswerKind.ServerError, "SERVER_ERROR object too large for cache", false, "SERVER_ERROR", true)]
    [InlineData(MemcachedAnswerKind.ServerError, "SERVER_ERROR out of memory storing object", true, "SERVER_ERROR", true)]
    [InlineData(MemcachedAnswerKind.NotStored, "NOT_STORED", true, "NOT_STORED", true)]
    [InlineData(MemcachedAnswerKind.ClientError, "CLIENT_ERROR bad data chunk", false, "CLIENT_ERROR", false)]
    [InlineData(MemcachedAnswerKind.Error, "ERROR", false, "ERROR", false)]
    internal void These_mean_not_taken(MemcachedAnswerKind kind, string text, bool isRetryable, string code, bool isInStep)
    {
        NodeBatch batch = Batch(false);

        Assert.Equal(isInStep, batch.Take(new(kind, text)));
        CacheFailure failure = Assert.Single(batch.Failures);
        Assert.Equal((0, isRetryable, code), (failure.Index, failure.Retryable, failure.Code));
        Assert.Equal(1, batch.Answered);
    }

    [Theory]
    [InlineData(MemcachedAnswerKind.Stored, true)]
    [InlineData(MemcachedAnswerKind.Deleted, false)]
    [InlineData(MemcachedAnswerKind.NotFound, false)]
    [InlineData(MemcachedAnswerKind.NotStored, true)]
    [InlineData(MemcachedAnswerKind.Unknown, false)]
    internal void The_answer_to_another_question_is_no_answer(MemcachedAnswerKind kind, bool isDelete)
    {
        NodeBatch batch = Batch(isDelete);

        Assert.Throws<InvalidDataException>(() => batch.Take(new(kind, "what it said")));
        Assert.Equal(0, batch.Answered);
    }

    [Fact]
    public void What_has_no_answer_is_refused_for_another_attempt_under_its_own_index()
    {
        NodeBatch batch = new(new[] { Entry.Set("a"), Entry.Set("b"), Entry.Set("c"), Entry.Set("d") });
        batch.Add(1);
        batch.Add(2);
        batch.Add(3);
        batch.Take(new(MemcachedAnswerKind.Stored, ""));

        batch.RefuseRest("the lights went out");

        Assert.Equal([new(2, true, "NoAnswer", "the lights went out"), new(3, true, "NoAnswer", "the lights went out")], batch.Failures);
    }

    private static NodeBatch Batch(bool isDelete)
    {
        NodeBatch batch = new(new[] { isDelete ? Entry.Delete("k") : Entry.Set("k") });
        batch.Add(0);
        return batch;
    }
}
