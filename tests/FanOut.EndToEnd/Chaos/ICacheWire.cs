namespace FanOut.EndToEnd.Chaos;

/// <summary>As much of a cache's protocol as a proxy must know to let single commands go wrong.</summary>
internal interface ICacheWire
{
    /// <summary>The length of the first whole command; 0: more bytes are needed.</summary>
    int CommandLength(ReadOnlySpan<byte> received);

    /// <summary>Whether a command changes a value.</summary>
    bool IsWrite(ReadOnlySpan<byte> command);

    /// <summary>The length of the first whole answer; 0: more bytes are needed.</summary>
    int AnswerLength(ReadOnlySpan<byte> received);

    /// <summary>The words of the server for a trouble that it can tell.</summary>
    string AnswerOf(Trouble trouble);
}
