using System.Text;

namespace FanOut.Engine.Memcached;

/// <summary>The kinds of answers to <c>set</c> and <c>delete</c>.</summary>
internal enum MemcachedAnswerKind
{
    /// <summary>A line that answers neither command.</summary>
    Unknown,

    /// <summary>The value was stored.</summary>
    Stored,

    /// <summary>The value was not stored, without an error.</summary>
    NotStored,

    /// <summary>The key was deleted.</summary>
    Deleted,

    /// <summary>The key to delete is not there.</summary>
    NotFound,

    /// <summary><c>SERVER_ERROR</c>: the server could not do it.</summary>
    ServerError,

    /// <summary><c>CLIENT_ERROR</c>: the server rejects the command, and may have lost its place in the stream.</summary>
    ClientError,

    /// <summary><c>ERROR</c>: the server does not know the command, and may have lost its place in the stream.</summary>
    Error,
}

/// <summary>One line of answer. No I/O.</summary>
/// <param name="Kind">Which answer it is.</param>
/// <param name="Text">The line, for messages; empty for the usual ones.</param>
internal readonly record struct MemcachedAnswer(MemcachedAnswerKind Kind, string Text)
{
    /// <summary>The longest line in bytes that is taken for an answer.</summary>
    public const int MaxLength = 2048;

    /// <summary>Takes one answer from the bytes received so far.</summary>
    /// <param name="received">The bytes received and not yet taken.</param>
    /// <param name="answer">The answer, when there is a whole one.</param>
    /// <param name="consumed">How many bytes it took.</param>
    /// <returns>False when more bytes are needed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> received, out MemcachedAnswer answer, out int consumed)
    {
        int end = received.IndexOf((byte)'\n');
        if (end < 0 && received.Length < MaxLength)
        {
            (answer, consumed) = (default, 0);
            return false;
        }
        consumed = end < 0 ? received.Length : end + 1;
        answer = Parse(received[..consumed].TrimEnd("\r\n"u8));
        return true;
    }

    private static MemcachedAnswer Parse(ReadOnlySpan<byte> line) => line switch
    {
        _ when line.SequenceEqual("STORED"u8) => new(MemcachedAnswerKind.Stored, ""),
        _ when line.SequenceEqual("DELETED"u8) => new(MemcachedAnswerKind.Deleted, ""),
        _ when line.SequenceEqual("NOT_FOUND"u8) => new(MemcachedAnswerKind.NotFound, ""),
        _ when line.SequenceEqual("NOT_STORED"u8) => new(MemcachedAnswerKind.NotStored, "NOT_STORED"),
        _ when line.StartsWith("SERVER_ERROR"u8) => new(MemcachedAnswerKind.ServerError, Printable(line)),
        _ when line.StartsWith("CLIENT_ERROR"u8) => new(MemcachedAnswerKind.ClientError, Printable(line)),
        _ when line.SequenceEqual("ERROR"u8) => new(MemcachedAnswerKind.Error, "ERROR"),
        _ => new(MemcachedAnswerKind.Unknown, Printable(line)),
    };

    // A line that is not an answer may be anything, also a part of a value: only its beginning is shown.
    private static string Printable(ReadOnlySpan<byte> line)
    {
        string text = Encoding.ASCII.GetString(line[..int.Min(line.Length, 100)]);
        return string.Create(text.Length, text, static (shown, text) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                shown[i] = char.IsControl(text[i]) ? '?' : text[i];
            }
        });
    }
}
