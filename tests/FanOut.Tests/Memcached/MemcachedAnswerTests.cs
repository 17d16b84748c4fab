using System.Text;
using FanOut.Engine.Memcached;

namespace FanOut.Tests.Memcached;

public sealed class MemcachedAnswerTests
{
    // As memcached 1.6.18 wrote them.
    private const string Captured =
        "STORED\r\nNOT_FOUND\r\nSERVER_ERROR object too large for cache\r\nDELETED\r\nSERVER_ERROR out of memory storing object\r\n"
        + "NOT_STORED\r\nCLIENT_ERROR bad data chunk\r\nERROR\r\n";

    private static readonly MemcachedAnswerKind[] Kinds =
    [
        MemcachedAnswerKind.Stored, MemcachedAnswerKind.NotFound, MemcachedAnswerKind.ServerError, MemcachedAnswerKind.Deleted,
        MemcachedAnswerKind.ServerError, MemcachedAnswerKind.NotStored, MemcachedAnswerKind.ClientError, MemcachedAnswerKind.Error,
    ];

    [Fact]
    public void Answers_are_the_same_wherever_the_bytes_are_split()
    {
        byte[] captured = Encoding.ASCII.GetBytes(Captured);
        for (int split = 0; split <= captured.Length; split++)
        {
            List<MemcachedAnswer> answers = [];
            int taken = ReadAll(captured.AsSpan(0, split), answers);
            taken += ReadAll(captured.AsSpan(taken), answers);

            Assert.Equal(captured.Length, taken);
            Assert.Equal(Kinds, answers.Select(answer => answer.Kind));
        }
    }

    [Fact]
    public void An_error_keeps_its_text() => Assert.Equal("SERVER_ERROR object too large for cache", Read("SERVER_ERROR object too large for cache\r\n").Text);

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("\u0015\u0003\u0003\n", "???")]
    [InlineData("STORED \r\n", "STORED ")]
    [InlineData("\r\n", "")]
    public void What_is_no_answer_is_shown_without_control_characters(string line, string shown)
    {
        MemcachedAnswer answer = Read(line);

        Assert.Equal((MemcachedAnswerKind.Unknown, shown), (answer.Kind, answer.Text));
    }

    [Fact]
    public void A_line_without_end_is_no_answer()
    {
        byte[] endless = Encoding.ASCII.GetBytes(new string('x', MemcachedAnswer.MaxLength));

        Assert.False(MemcachedAnswer.TryRead(endless.AsSpan(1), out _, out _));
        Assert.True(MemcachedAnswer.TryRead(endless, out MemcachedAnswer answer, out _));
        Assert.Equal((MemcachedAnswerKind.Unknown, 100), (answer.Kind, answer.Text.Length));
    }

    private static MemcachedAnswer Read(string line)
    {
        Assert.True(MemcachedAnswer.TryRead(Encoding.ASCII.GetBytes(line), out MemcachedAnswer answer, out int consumed));
        Assert.Equal(line.Length, consumed);
        return answer;
    }

    private static int ReadAll(ReadOnlySpan<byte> received, List<MemcachedAnswer> answers)
    {
        int taken = 0;
        while (MemcachedAnswer.TryRead(received[taken..], out MemcachedAnswer answer, out int consumed))
        {
            answers.Add(answer);
            taken += consumed;
        }
        return taken;
    }
}
