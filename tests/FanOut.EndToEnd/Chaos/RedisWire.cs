using System.Globalization;
using System.Text;

namespace FanOut.EndToEnd.Chaos;

/// <summary>RESP: https://redis.io/docs/latest/develop/reference/protocol-spec/</summary>
internal sealed class RedisWire : ICacheWire
{
    public int CommandLength(ReadOnlySpan<byte> received) => AnswerLength(received);

    // *3 CRLF $3 CRLF SET CRLF …
    public bool IsWrite(ReadOnlySpan<byte> command)
    {
        string head = Encoding.ASCII.GetString(command[..Math.Min(command.Length, 24)]).ToUpperInvariant();
        return head.Contains("\r\nSET\r\n", StringComparison.Ordinal) || head.Contains("\r\nDEL\r\n", StringComparison.Ordinal);
    }

    public int AnswerLength(ReadOnlySpan<byte> received) => TryLength(received, out int length) ? length : 0;

    public string AnswerOf(Trouble trouble) => trouble switch
    {
        Trouble.ItemsRefused => "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
        Trouble.Poison => "-ERR value is not wanted\r\n",
        Trouble.Throttled => "-BUSY Redis is busy running a script.\r\n",
        Trouble.Denied => "-NOPERM User default has no permissions to run the 'set' command\r\n",
        Trouble.ResetInAnswer => "+O",
        Trouble.Malformed or Trouble.MalformedAfterEffect => "<html>oops\r\n",
        _ => "-MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.\r\n",
    };

    private static bool TryLength(ReadOnlySpan<byte> received, out int length)
    {
        length = 0;
        int end = received.IndexOf("\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        length = end + 2;
        int count = received[0] is (byte)'$' or (byte)'=' or (byte)'!' or (byte)'*' or (byte)'~' or (byte)'>' or (byte)'%'
            ? int.Parse(received[1..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : -1;
        if (count < 0)
        {
            return true;
        }

        if (received[0] is (byte)'$' or (byte)'=' or (byte)'!')
        {
            length += count + 2;
            return received.Length >= length;
        }

        for (int i = received[0] == '%' ? 2 * count : count; i > 0; i--)
        {
            if (!TryLength(received[length..], out int one))
            {
                return false;
            }

            length += one;
        }

        return true;
    }
}
