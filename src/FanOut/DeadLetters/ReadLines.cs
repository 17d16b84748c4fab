using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace FanOut.DeadLetters;

/// <summary>Reads a file line by line, with the place of each: no more of it is in memory than the longest line.</summary>
/// <param name="file">The file.</param>
internal sealed class ReadLines(SafeFileHandle file)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private byte[] _buffer = new byte[128 * 1024];

    /// <summary>The lines.</summary>
    public async IAsyncEnumerable<FileLine> OfAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int number = 0, have = 0;
        long at = 0;
        for (bool isEnd = false; !isEnd;)
        {
            int read = await RandomAccess.ReadAsync(file, _buffer.AsMemory(have), at + have, cancellationToken).ConfigureAwait(false);
            isEnd = read == 0;
            have += read;
            int begin = at == 0 && _buffer.AsSpan(0, have).StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
            while (Length(begin, have, isEnd) is >= 0 and var length)
            {
                yield return new FileLine(++number, at + begin, _buffer.AsMemory(begin, length));
                begin += length + 1;
            }

            Move(ref begin, ref have, ref at);
        }
    }

    // Of the line that begins here; less than 0: its end has not been read yet.
    private int Length(int begin, int have, bool isEnd)
    {
        if (begin >= have)
        {
            return -1;
        }

        int length = _buffer.AsSpan(begin, have - begin).IndexOf((byte)'\n');
        return length < 0 && isEnd ? have - begin : length;
    }

    private void Move(ref int begin, ref int have, ref long at)
    {
        begin = Math.Min(begin, have);
        _buffer.AsSpan(begin, have - begin).CopyTo(_buffer);
        have -= begin;
        at += begin;
        if (have == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
