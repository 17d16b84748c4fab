using FanOut.Engine.Redis;
using FanOut.Engine.Targets;

namespace FanOut.Tests.Redis;

public sealed class RedisErrorTests
{
    [Theory]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.", true)]
    [InlineData("LOADING Redis is loading the dataset in memory", true)]
    [InlineData("READONLY You can't write against a read only replica.", true)]
    [InlineData("CLUSTERDOWN Hash slot not served", true)]
    [InlineData("CLUSTERDOWN The cluster is down", true)]
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot", true)]
    [InlineData("MOVED 3999 127.0.0.1:6381", true)]
    [InlineData("ASK 3999 127.0.0.1:6381", true)]
    [InlineData("BUSY Redis is busy running a script.", true)]
    [InlineData("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", true)]
    [InlineData("NOREPLICAS Not enough good replicas to write.", true)]
    [InlineData("MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.", true)]
    [InlineData("ERR max number of clients reached", true)]
    [InlineData("ERR string exceeds maximum allowed size (proto-max-bulk-len)", false)]
    [InlineData("CROSSSLOT Keys in request don't hash to the same slot", false)]
    [InlineData("NEWWORD", false)]
    public void What_passes_is_sent_again(string message, bool isRetryable)
    {
        CacheFailure failure = RedisError.ToFailure(7, message);

        Assert.Equal(new(7, isRetryable, message.Split(' ')[0], message), failure);
        Assert.False(RedisError.IsDenial(message));
    }

    [Theory]
    [InlineData("ERR MOVED 3999 127.0.0.1:6381", "MOVED")]
    [InlineData("ERR ASK 3999 127.0.0.1:6381", "ASK")]
    public void A_redirection_behind_an_ERR_is_one_too(string message, string code) =>
        Assert.Equal((true, code), (RedisError.ToFailure(0, message).Retryable, RedisError.ToFailure(0, message).Code));

    [Theory]
    [InlineData("WRONGPASS invalid username-password pair or user is disabled.")]
    [InlineData("NOAUTH Authentication required.")]
    [InlineData("NOPERM this user has no permissions to run the 'set' command")]
    public void Denials_are_not_the_entry_s_fault(string message) => Assert.True(RedisError.IsDenial(message));
}
