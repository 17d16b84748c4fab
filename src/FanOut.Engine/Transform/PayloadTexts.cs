using FanOut.Engine.Pooling;

namespace FanOut.Engine.Transform;

/// <summary>The texts of payloads, as a mapping's <see cref="Templates.TextTemplates"/> make them: those of one payload after those of another.</summary>
/// <param name="perPayload">How many each payload has.</param>
internal sealed class PayloadTexts(int perPayload) : IDisposable
{
    private readonly PooledList<ReadOnlyMemory<byte>> _all = new();

    /// <summary>Where the texts of the next payload begin, which <see cref="Payload.Texts"/> remembers.</summary>
    public int Next => _all.Count;

    /// <summary>How much memory it takes, without the texts themselves.</summary>
    public long Bytes => _all.Count * 16L;

    /// <summary>Adds the next text of a payload.</summary>
    public void Add(ReadOnlyMemory<byte> text) => _all.Add(text);

    /// <summary>A text of a payload, UTF-8.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="number">The text's number.</param>
    public ReadOnlyMemory<byte> Of(in Payload payload, int number) => _all[payload.Texts + number];

    /// <summary>Whether two payloads have the same texts.</summary>
    public bool AreSame(in Payload one, in Payload other)
    {
        for (int number = 0; number < perPayload; number++)
        {
            if (!Of(one, number).Span.SequenceEqual(Of(other, number).Span))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _all.Dispose();
}
