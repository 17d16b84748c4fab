using FanOut.Engine.Redis;

namespace FanOut.Tests.Redis;

public sealed class RedisOptionsTests
{
    [Fact]
    public void The_text_names_everything_but_the_password()
    {
        Assert.Equal("redis://cache:6379", new RedisOptions { Host = "cache", Password = "secret" }.ToString());
        Assert.Equal(
            "rediss://writer@cache:6380/2",
            new RedisOptions { Host = "cache", Port = 6380, Tls = true, User = "writer", Password = "secret", Database = 2 }.ToString());
    }
}
