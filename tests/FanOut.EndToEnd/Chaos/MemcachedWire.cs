using System.Globalization;
using System.Text;

namespace FanOut.EndToEnd.Chaos;

/// <summary>The text protocol, as far as a writer speaks it: https://github.com/memcached/memcached/blob/master/doc/protocol.txt</summary>
internal sealed class MemcachedWire : ICacheWire
{
    public int CommandLength(ReadOnlySpan<byte> received)
    {
        int end = received.IndexOf("\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        // set key flags expiry length CRLF value CRLF
        int whole = end + 2;
        if (received.StartsWith("set "u8))
        {
            string[] words = Encoding.ASCII.GetString(received[..end]).Split(' ');
            whole += int.Parse(words[4], CultureInfo.InvariantCulture) + 2;
        }

        return received.Length >= whole ? whole : 0;
    }

    public bool IsWrite(ReadOnlySpan<byte> command) => command.StartsWith("set "u8) || command.StartsWith("delete "u8);

    public int AnswerLength(ReadOnlySpan<byte> received) => received.IndexOf("\r\n"u8) is >= 0 and var end ? end + 2 : 0;

    public string AnswerOf(Trouble trouble) => trouble switch
    {
        Trouble.ItemsRefused => "SERVER_ERROR out of memory storing object\r\n",
        Trouble.Poison => "SERVER_ERROR object too large for cache\r\n",
        Trouble.Throttled => "SERVER_ERROR too busy\r\n",
        Trouble.Denied => "CLIENT_ERROR unauthenticated\r\n",
        Trouble.ResetInAnswer => "STO",
        Trouble.Malformed or Trouble.MalformedAfterEffect => "<html>oops\r\n",
        _ => "SERVER_ERROR internal\r\n",
    };
}
