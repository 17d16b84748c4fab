using System.Globalization;
using System.Text;

namespace FanOut.Engine.Memcached;

/// <summary>The answer to <c>config get cluster</c>. No I/O.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoDiscovery.AddingToYourClientLibrary.html, "Output format":
/// <c>CONFIG cluster 0 [bytes]\r\n[version]\n[host]|[ip]|[port] [host]|[ip]|[port]\n\r\nEND\r\n</c>. The address may be empty. A server
/// that is not a member of a cluster answers <c>ERROR</c>.
/// </remarks>
/// <param name="Nodes">The cluster's servers; empty when the server knows of no cluster.</param>
internal sealed record ClusterAnswer(IReadOnlyList<MemcachedNode> Nodes)
{
    /// <summary>The most bytes of answer that are waited for; a cluster of 60 nodes, ElastiCache's most, needs about 9,000.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Takes the answer from the bytes received so far.</summary>
    /// <param name="received">The bytes received.</param>
    /// <param name="answer">The answer when it is complete.</param>
    /// <returns>False when more bytes are needed.</returns>
    /// <exception cref="FormatException">This is not an answer to the command, or the server could not give one.</exception>
    public static bool TryRead(ReadOnlySpan<byte> received, out ClusterAnswer answer)
    {
        answer = new([]);
        int end = received.IndexOf((byte)'\n');
        if (end < 0)
        {
            return received.Length < MemcachedAnswer.MaxLength ? false : throw Unreadable("an endless line");
        }

        ReadOnlySpan<byte> first = received[..end].TrimEnd((byte)'\r');
        // A server without the command says ERROR, a proxy CLIENT_ERROR, a cluster's server without a configuration END.
        if (first.SequenceEqual("ERROR"u8) || first.StartsWith("CLIENT_ERROR"u8) || first.SequenceEqual("END"u8))
        {
            return true;
        }

        if (!first.StartsWith("CONFIG "u8))
        {
            throw Unreadable(Encoding.ASCII.GetString(first[..int.Min(first.Length, 100)]));
        }

        // Look for the closing line instead of counting bytes: the byte count of some servers leaves out the line end before it.
        int close = received[end..].IndexOf("\nEND\r\n"u8);
        if (close < 0)
        {
            return received.Length < MaxLength ? false : throw Unreadable("no END");
        }

        answer = new(ReadNodes(Encoding.UTF8.GetString(received.Slice(end + 1, int.Max(close - 1, 0)))));
        return true;
    }

    private static List<MemcachedNode> ReadNodes(string body)
    {
        string[] lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length != 2)
        {
            throw Unreadable($"{lines.Length} lines where a version and a list of nodes are expected");
        }

        List<MemcachedNode> nodes = [];
        foreach (string node in lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = node.Split('|');
            if (parts is not [{ Length: > 0 } host, var address, var digits]
                || !ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            {
                throw Unreadable($"the node '{node}'");
            }

            nodes.Add(new(host, address.Length > 0 ? address : host, port));
        }
        return nodes.Count > 0 ? nodes : throw Unreadable("no nodes");
    }

    private static FormatException Unreadable(string what) =>
        new($"The answer to 'config get cluster' cannot be read: {what}. Check that the endpoint is a Memcached configuration endpoint.");
}
