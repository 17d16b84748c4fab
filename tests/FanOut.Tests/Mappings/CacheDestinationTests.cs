using FanOut.Engine.Mappings;

namespace FanOut.Tests.Mappings;

public sealed class CacheDestinationTests
{
    [Theory]
    [InlineData("name.abc.cfg.use1.cache.amazonaws.com:11211", "name.abc.cfg.use1.cache.amazonaws.com", 11211, false)]
    [InlineData("name.abc.cfg.use1.cache.amazonaws.com", "name.abc.cfg.use1.cache.amazonaws.com", 11211, false)]
    [InlineData("name-abc.serverless.use1.cache.amazonaws.com:11211", "name-abc.serverless.use1.cache.amazonaws.com", 11211, true)]
    [InlineData("memcached://localhost:1", "localhost", 1, false)]
    [InlineData("memcacheds://localhost:65535", "localhost", 65535, true)]
    [InlineData("10.0.0.1", "10.0.0.1", 11211, false)]
    public void Memcached_is_a_host_a_port_and_perhaps_TLS(string text, string host, int port, bool tls)
    {
        Assert.True(CacheDestination.TryParseMemcached(text, out CacheDestination? cache, out string? problem), problem);
        Assert.Equal(new CacheDestination(text, host, port, tls, null, null, 0), cache);
    }

    [Theory]
    [InlineData("name.abc.ng.0001.use1.cache.amazonaws.com:6379", "name.abc.ng.0001.use1.cache.amazonaws.com", 6379, false, null, null, 0)]
    [InlineData("localhost", "localhost", 6379, false, null, null, 0)]
    [InlineData("redis://localhost/3", "localhost", 6379, false, null, null, 3)]
    [InlineData("rediss://u:p@h:1/0", "h", 1, true, "u", "p", 0)]
    [InlineData("REDISS://:p@h", "h", 6379, true, null, "p", 0)]
    [InlineData("redis://p@h", "h", 6379, false, null, "p", 0)]
    [InlineData("redis://u:p%40s%3As@h", "h", 6379, false, "u", "p@s:s", 0)]
    [InlineData("redis://u:p@s/s:#?s@h:1/2", "h", 1, false, "u", "p@s/s:#?s", 2)]
    [InlineData("[::1]:7000", "::1", 7000, false, null, null, 0)]
    [InlineData("redis://:p@[::1]", "::1", 6379, false, null, "p", 0)]
    [InlineData("clustercfg.m.abc.memorydb.us-east-1.amazonaws.com:6379", "clustercfg.m.abc.memorydb.us-east-1.amazonaws.com", 6379, false, null, null, 0)]
    public void Redis_is_a_host_a_port_and_what_its_URL_adds(
        string text, string host, int port, bool tls, string? user, string? password, int database)
    {
        Assert.True(CacheDestination.TryParseRedis(text, out CacheDestination? cache, out string? problem), problem);
        Assert.Equal(new CacheDestination(text, host, port, tls, user, password, database), cache);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":6379")]
    [InlineData("h:0")]
    [InlineData("h:65536")]
    [InlineData("h:secret")]
    [InlineData("h:6379:secret")]
    [InlineData("redis://user:secret")]
    [InlineData("http://:secret@h")]
    [InlineData("redis://:secret@")]
    [InlineData("redis://:secret@h/x")]
    [InlineData("redis://:secret@h/0?password=secret")]
    [InlineData("h:6379,password=secret,ssl=true")]
    [InlineData("ho st:6379")]
    [InlineData("h\r\nSET:6379")]
    public void What_is_no_cache_is_refused_without_telling_secrets(string text)
    {
        Assert.False(CacheDestination.TryParseRedis(text, out _, out string? redis));
        Assert.Contains("redis takes host:port", redis, StringComparison.Ordinal);
        Assert.False(CacheDestination.TryParseMemcached(text, out _, out string? memcached));
        Assert.Contains("memcached takes host:port", memcached, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", redis + memcached + Masked.Of(text, isCache: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://[::ffff:127.0.0.1]/ok", "https://[::ffff:127.0.0.1]/ok")]
    [InlineData("https://[fd00::2]:8443/ok", "https://[fd00::2]:8443/ok")]
    [InlineData("https://[fd00::2]:secret/ok", "https://[fd00::2]:***")]
    [InlineData("https://[user:secret]", "https://[user:***")]
    public void An_address_in_brackets_is_no_password(string text, string masked) => Assert.Equal(masked, Masked.Of(text));

    [Theory]
    [InlineData("p@h:11211")]
    [InlineData("memcached://u:p@h")]
    [InlineData("h:11211/1")]
    public void Memcached_has_no_users_and_no_databases(string text) =>
        Assert.False(CacheDestination.TryParseMemcached(text, out _, out _));

    [Theory]
    [InlineData("rediss://me:secret@h:6380/2", "rediss://***@h:6380/2")]
    [InlineData("redis://secret@h", "redis://***@h:6379")]
    [InlineData("redis://:sec=ret?secret@[::1]:1", "redis://***@[::1]:1")]
    [InlineData("h:6379", "h:6379")]
    public void A_password_is_in_nothing_that_is_printed(string text, string display)
    {
        Assert.True(Destination.TryParse(TargetType.Redis, text, out Destination? destination, out _));
        Assert.Equal(display, destination.Display);
        Assert.Equal(display, $"{destination}");
        var mapping = new Mapping
        {
            SourceArn = "arn:aws:kinesis:us-east-1:1:stream/in",
            Id = "r",
            Type = TargetType.Redis,
            Destination = destination,
            Active = true,
        };
        Assert.DoesNotContain("secret", mapping.ToString(), StringComparison.Ordinal);
        Assert.Contains(display, mapping.ToString(), StringComparison.Ordinal);
    }
}
