using FanOut.Aws.Protocols;
using FanOut.Engine.Delivery;

namespace FanOut.Engine.DeadLetters;

/// <summary>An envelope on its way to the dead letter.</summary>
/// <param name="index">Its position among what was not delivered.</param>
/// <param name="undelivered">What was not delivered.</param>
/// <param name="body">The envelope.</param>
/// <param name="hasData">Whether the record's data is in it.</param>
internal sealed class DeadLetter(int index, Undelivered undelivered, RequestBody body, bool hasData) : IDisposable
{
    /// <summary>Its position among what was not delivered.</summary>
    public int Index => index;

    /// <summary>What was not delivered.</summary>
    public Undelivered Undelivered => undelivered;

    /// <summary>The envelope; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Envelope => body.Slice(0);

    /// <summary>Whether the record's data is in it.</summary>
    public bool HasData => hasData;

    /// <inheritdoc/>
    public void Dispose() => body.Dispose();
}
