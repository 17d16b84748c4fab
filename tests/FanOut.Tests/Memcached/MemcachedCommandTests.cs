using System.Text;
using FanOut.Engine.Memcached;

namespace FanOut.Tests.Memcached;

public sealed class MemcachedCommandTests
{
    private static readonly byte[] LongestKey = [.. Enumerable.Repeat((byte)'k', MemcachedKey.MaxLength)];

    [Fact]
    public void Set_names_key_flags_expiry_and_length()
    {
        byte[] buffer = new byte[MemcachedCommand.MaxLength];

        int length = MemcachedCommand.WriteSet(buffer, "customer|1"u8, 1_048_576);

        Assert.Equal("set customer|1 0 0 1048576\r\n", Encoding.ASCII.GetString(buffer, 0, length));
    }

    [Fact]
    public void Delete_names_the_key()
    {
        byte[] buffer = new byte[MemcachedCommand.MaxLength];

        int length = MemcachedCommand.WriteDelete(buffer, "schlüssel"u8);

        Assert.Equal("delete schlüssel\r\n", Encoding.UTF8.GetString(buffer, 0, length));
    }

    [Fact]
    public void The_longest_commands_fit_the_length_that_is_announced()
    {
        byte[] buffer = new byte[MemcachedCommand.MaxLength];

        Assert.Equal(MemcachedCommand.MaxLength, MemcachedCommand.WriteSet(buffer, LongestKey, int.MaxValue));
        Assert.True(MemcachedCommand.WriteDelete(buffer, LongestKey) <= MemcachedCommand.MaxLength);
    }

    [Fact]
    public void A_key_with_a_line_end_cannot_add_a_command()
    {
        byte[] buffer = new byte[MemcachedCommand.MaxLength];

        int length = MemcachedCommand.WriteSet(buffer, "a 0 0 1\r\nx\r\nflush_all\r\n"u8, 5);

        string line = Encoding.ASCII.GetString(buffer, 0, length);
        Assert.Matches("^set [0-9a-f]{64} 0 0 5\r\n$", line);
    }
}
