using FanOut.Annotations;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Annotations;

public sealed class MaskedSecretsTests
{
    [Theory]
    [InlineData("rediss://user:pa%20ss@cache.example.com:6379", "pa ss", "pa%20ss")]
    [InlineData("word@cache.example.com:6379", "word", "word")]
    [InlineData("redis://:p:a@s@cache.example.com/2", "p:a@s", "p:a@s")]
    public void The_password_of_a_destination_is_known_as_it_is_and_as_it_is_written(string destination, string password, string written)
    {
        Assert.True(CacheDestination.TryParseRedis(destination, out CacheDestination? cache, out _));

        Assert.Equal([password, written], MaskedSecrets.In(cache));
    }

    [Fact]
    public void Other_destinations_have_none()
    {
        Assert.True(CacheDestination.TryParseRedis("cache.example.com:6379", out CacheDestination? cache, out _));

        Assert.Empty(MaskedSecrets.In(cache));
        Assert.Empty(MaskedSecrets.In(null));
    }
}
