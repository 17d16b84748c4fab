using System.Buffers;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Sns;

/// <summary>
/// Reads the answer of PublishBatch, without a general XML reader, where all messages were taken and nothing in it is unusual. Whatever else it finds, it gives up: then
/// the general reader decides, and where this one does not give up, that one finds the same.
/// </summary>
/// <remarks>The form of answers of the Query protocol: <see href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#response-serialization"/>.</remarks>
internal ref struct PublishBatchLayout
{
    private static readonly SearchValues<byte> WordBytes = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-"u8);

    private ReadOnlySpan<byte> _left;
    private NamedResults _taken;
    private int _count;

    private PublishBatchLayout(ReadOnlySpan<byte> body) => _left = body;

    /// <summary>Reads an answer.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="taken">The messages that it names.</param>
    /// <param name="count">How many results it has.</param>
    /// <returns>Whether all of it was as expected.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out NamedResults taken, out int count)
    {
        var layout = new PublishBatchLayout(body);
        bool isRead = layout.IsRead();
        (taken, count) = (layout._taken, layout._count);
        return isRead;
    }

    private bool IsRead()
    {
        if (!(Pass("<PublishBatchResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">"u8) || Pass("<PublishBatchResponse>"u8)) || !Pass("<PublishBatchResult>"u8))
        {
            return false;
        }

        while (!Pass("</PublishBatchResult>"u8))
        {
            if (!(Pass("<Failed/>"u8) || (Pass("<Failed>"u8) && Pass("</Failed>"u8)) || (Pass("<Successful>"u8) && PassMembers())))
            {
                return false;
            }
        }

        bool hasEnd = Pass("<ResponseMetadata>"u8) && Pass("<RequestId>"u8) && PassWord("</RequestId>"u8, out _) && Pass("</ResponseMetadata>"u8) && Pass("</PublishBatchResponse>"u8);
        return hasEnd && Pass(default) && _left.IsEmpty;
    }

    // <member><Id>0</Id><MessageId>…</MessageId><SequenceNumber>…</SequenceNumber></member>…</Successful>
    private bool PassMembers()
    {
        while (!Pass("</Successful>"u8))
        {
            if (!Pass("<member>"u8))
            {
                return false;
            }

            int? id = null;
            while (!Pass("</member>"u8))
            {
                if (id is null && Pass("<Id>"u8) && PassWord("</Id>"u8, out ReadOnlySpan<byte> word))
                {
                    id = NamedResults.IdOf(word);
                }
                else if (!(Pass("<MessageId>"u8) && PassWord("</MessageId>"u8, out _)) && !(Pass("<SequenceNumber>"u8) && PassWord("</SequenceNumber>"u8, out _)))
                {
                    return false;
                }
            }

            _count++;
            _taken.Take(id ?? -1);
        }

        return true;
    }

    /// <summary>Goes past a tag, and past white space before it; says whether it is there.</summary>
    private bool Pass(ReadOnlySpan<byte> tag)
    {
        int start = _left.IndexOfAnyExcept(" \t\r\n"u8);
        _left = start < 0 ? default : _left[start..];
        if (!_left.StartsWith(tag))
        {
            return false;
        }

        _left = _left[tag.Length..];
        return true;
    }

    /// <summary>Goes past a word and the tag that ends it.</summary>
    private bool PassWord(ReadOnlySpan<byte> end, out ReadOnlySpan<byte> word)
    {
        int length = Math.Max(_left.IndexOfAnyExcept(WordBytes), 0);
        word = _left[..length];
        _left = _left[length..];
        if (length == 0 || !_left.StartsWith(end))
        {
            return false;
        }

        _left = _left[end.Length..];
        return true;
    }
}
