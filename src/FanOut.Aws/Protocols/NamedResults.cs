namespace FanOut.Aws.Protocols;

/// <summary>
/// What SendMessageBatch and PublishBatch answer about up to 10 messages, whose ids are their positions: a message is taken only if the answer names
/// its id once, among the successful ones.
/// </summary>
/// <remarks>Two bits per message, so nothing is allocated where all were taken.</remarks>
internal struct NamedResults
{
    private const int Most = 10;

    private List<BatchResultErrorEntry>? _failed;
    private int _named;
    private int _namedAgain;
    private int _refused;

    /// <summary>The id of a message out of an answer; -1: no message has that one.</summary>
    public static int IdOf(ReadOnlySpan<byte> text) => text.Length == 1 && text[0] is >= (byte)'0' and <= (byte)'9' ? text[0] - '0' : -1;

    /// <inheritdoc cref="IdOf(ReadOnlySpan{byte})"/>
    public static int IdOf(ReadOnlySpan<char> text) => text.Length == 1 && char.IsAsciiDigit(text[0]) ? text[0] - '0' : -1;

    /// <summary>The answer names a message as taken.</summary>
    public void Take(int id) => Name(id);

    /// <summary>The answer names a message as refused.</summary>
    public void Refuse(in BatchResultErrorEntry entry)
    {
        Name(entry.Index);
        if (entry.Index >= 0 && entry.ErrorCode.Length > 0)
        {
            _refused |= 1 << entry.Index;
            (_failed ??= []).Add(entry);
        }
        else if (entry.Index >= 0)
        {
            // Neither taken nor refused for a reason.
            Name(entry.Index);
        }
    }

    /// <summary>The messages that were not taken: those that were refused, and those of which the answer says nothing clear.</summary>
    /// <param name="sent">How many messages the call had.</param>
    public readonly IReadOnlyList<BatchResultErrorEntry> NotTaken(int sent)
    {
        int all = (1 << Math.Min(sent, Most)) - 1;
        int once = _named & ~_namedAgain;
        if (sent <= Most && (once & ~_refused & all) == all)
        {
            return [];
        }

        var notTaken = new List<BatchResultErrorEntry>();
        for (int i = 0; i < sent; i++)
        {
            bool isClear = i < Most && (once & (1 << i)) != 0;
            if (!isClear)
            {
                notTaken.Add(BatchResultErrorEntry.Unconfirmed(i));
            }
            else if ((_refused & (1 << i)) != 0)
            {
                notTaken.Add(_failed!.Find(entry => entry.Index == i));
            }
        }

        return notTaken;
    }

    private void Name(int id)
    {
        if (id >= 0)
        {
            _namedAgain |= _named & (1 << id);
            _named |= 1 << id;
        }
    }
}
