using System.Text;
using FanOut.Engine.Memcached;

namespace FanOut.Tests.Memcached;

public sealed class ClusterAnswerTests
{
    // The form of the ElastiCache user guide, "Adding auto discovery to your client library".
    private const string Nodes =
        "12\nmyCluster.pc4ldq.0001.use1.cache.amazonaws.com|10.82.235.120|11211 myCluster.pc4ldq.0002.use1.cache.amazonaws.com||11212\n";

    private static readonly string Captured = $"CONFIG cluster 0 {Nodes.Length}\r\n{Nodes}\r\nEND\r\n";

    private static readonly MemcachedNode[] Expected =
    [
        new("myCluster.pc4ldq.0001.use1.cache.amazonaws.com", "10.82.235.120", 11211),
        new("myCluster.pc4ldq.0002.use1.cache.amazonaws.com", "myCluster.pc4ldq.0002.use1.cache.amazonaws.com", 11212),
    ];

    [Fact]
    public void The_nodes_are_known_with_the_last_byte_and_not_before()
    {
        byte[] captured = Encoding.ASCII.GetBytes(Captured);
        for (int length = 0; length < captured.Length; length++)
        {
            Assert.False(ClusterAnswer.TryRead(captured.AsSpan(0, length), out _));
        }

        Assert.True(ClusterAnswer.TryRead(captured, out ClusterAnswer answer));
        Assert.Equal(Expected, answer.Nodes);
    }

    [Fact]
    public void A_count_that_is_off_and_a_missing_blank_line_do_not_matter()
    {
        Assert.True(ClusterAnswer.TryRead(Encoding.ASCII.GetBytes($"CONFIG cluster 0 1\r\n{Nodes}END\r\n"), out ClusterAnswer answer));
        Assert.Equal(Expected, answer.Nodes);
    }

    [Theory]
    [InlineData("ERROR\r\n")]
    [InlineData("CLIENT_ERROR unknown command\r\n")]
    [InlineData("END\r\n")]
    public void A_server_without_a_cluster_says_so(string captured)
    {
        Assert.False(ClusterAnswer.TryRead(Encoding.ASCII.GetBytes(captured[..^1]), out _));
        Assert.True(ClusterAnswer.TryRead(Encoding.ASCII.GetBytes(captured), out ClusterAnswer answer));
        Assert.Empty(answer.Nodes);
    }

    [Theory]
    [InlineData("SERVER_ERROR busy\r\n", "SERVER_ERROR busy")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "HTTP/1.1 400")]
    [InlineData("CONFIG cluster 0 2\r\n1\n\r\nEND\r\n", "1 lines")]
    [InlineData("CONFIG cluster 0 9\r\n1\na|b\n\r\nEND\r\n", "'a|b'")]
    [InlineData("CONFIG cluster 0 9\r\n1\n|10.0.0.1|11211\n\r\nEND\r\n", "'|10.0.0.1|11211'")]
    [InlineData("CONFIG cluster 0 9\r\n1\na|10.0.0.1|99999\n\r\nEND\r\n", "99999")]
    public void What_is_no_answer_is_told(string captured, string told)
    {
        FormatException failure = Assert.Throws<FormatException>(() => ClusterAnswer.TryRead(Encoding.ASCII.GetBytes(captured), out _));

        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_answer_is_given_up()
    {
        byte[] line = Encoding.ASCII.GetBytes(new string('x', MemcachedAnswer.MaxLength));
        byte[] list = [.. "CONFIG cluster 0 99999\r\n"u8, .. Enumerable.Repeat((byte)'x', ClusterAnswer.MaxLength)];

        Assert.Throws<FormatException>(() => ClusterAnswer.TryRead(line, out _));
        Assert.Throws<FormatException>(() => ClusterAnswer.TryRead(list, out _));
    }
}
