using System.Security.Cryptography;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Tests.Aws;

public sealed class BodyBeginningTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("and one end")]
    [InlineData("and another, which is longer than a block of the hash has room for")]
    public async Task Bodies_are_hashed_and_sent_as_if_each_was_written_by_itself(string end)
    {
        using BodyBeginning beginning = Beginning(100_000);
        using var first = new RequestBody(beginning, 10);
        first.Write("the first"u8);
        using var body = new RequestBody(beginning, 10);
        body.Write(System.Text.Encoding.UTF8.GetBytes(end));
        byte[] expected = [.. Enumerable.Range(0, 100_000).Select(static i => (byte)i), .. System.Text.Encoding.UTF8.GetBytes(end)];
        using var content = new BodyContent(body, "text/plain");

        Assert.NotEqual(first.Sha256Hex, body.Sha256Hex);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(expected)), body.Sha256Hex);
        Assert.Equal(expected.Length, content.Headers.ContentLength);
        Assert.Equal(expected, await content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Nobody_gets_the_bytes_of_the_buffer_s_next_user()
    {
        BodyBeginning beginning = Beginning(10);
        using var body = new RequestBody(beginning, 10);
        beginning.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => body.SendAsync(Stream.Null, Cancellation));
    }

    private static BodyBeginning Beginning(int length)
    {
        var written = new RequestBody(length);
        for (int i = 0; i < length; i++)
        {
            written.Write([(byte)i]);
        }

        return new BodyBeginning(written);
    }
}
