using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Engine.DeadLetters;

/// <summary>A destination for what was not delivered. It is sent to as targets are: with the same retrying, halving and order.</summary>
/// <param name="letters">Writes the envelopes.</param>
/// <param name="limits">What one call may hold.</param>
internal abstract class DeadLetterTarget(DeadLetterWriter letters, Limits limits) : ITarget
{
    /// <inheritdoc/>
    public Limits Limits => limits;

    /// <inheritdoc/>
    public PayloadForm Form => PayloadForm.Bytes;

    /// <inheritdoc/>
    public IItemCutter Cutter => letters;

    /// <inheritdoc/>
    public abstract CallOrder CallOrder { get; }

    /// <summary>How many calls there may be at a time; 1: in order.</summary>
    public abstract int AtATime { get; }

    /// <summary>The permission that is needed, for error messages: <c>sqs:SendMessage</c>.</summary>
    public abstract string Action { get; }

    /// <summary>What stands behind each envelope in a call's room. Default: nothing.</summary>
    protected virtual ReadOnlySpan<byte> Separator => default;

    /// <summary>Sends envelopes and says which were not taken, by their position. An exception means that it is not known whether any was taken.</summary>
    protected abstract Task<Receipt> SendAsync(RequestBody room, ReadOnlyMemory<byte>[] envelopes, Undelivered[] of, CancellationToken cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// An envelope that is too long for the destination, although not for the service (a queue may have a limit of its own), counts as refused for now: it is
    /// sent again without its data.
    /// </remarks>
    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        using RequestBody room = Composer.RoomForAll(items.Span);
        var envelopes = new ReadOnlyMemory<byte>[items.Length];
        var of = new Undelivered[items.Length];
        bool[] hasData = new bool[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            int start = room.Length;
            hasData[i] = letters.Write(room, batch, items.Span[i]);
            envelopes[i] = room.Slice(start);
            room.Write(Separator);
            of[i] = letters[batch, items.Span[i]];
        }

        try
        {
            Receipt receipt = await SendAsync(room, envelopes, of, cancellationToken).ConfigureAwait(false);
            return receipt.Items.Count == 0 ? receipt : new Receipt([.. receipt.Items.Select(Shorten)]);
        }
        catch (Exception e) when (items.Length == 1 && Classify.Of(e) is { Class: FailureClass.PermanentItem } failure && Shorten(new ItemFailure(0, failure)) is var shorter
            && shorter.Failure.Class == FailureClass.Refused)
        {
            return new Receipt([shorter]);
        }

        ItemFailure Shorten(ItemFailure failed)
        {
            if (failed.Failure.Class == FailureClass.Refused || (uint)failed.Index >= (uint)hasData.Length || !hasData[failed.Index] || !IsTooLong(failed.Failure))
            {
                return failed;
            }

            letters.LeaveOutData(batch, items.Span[failed.Index], $"The destination takes no message of that length: {failed.Failure.Code}.");
            return ItemFailure.Refused(failed.Index, failed.Failure.Code, failed.Failure.Reason);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    /// <summary>Whether the service says that the message is too long: it has no code of its own for that.</summary>
    private static bool IsTooLong(Failure failure) =>
        failure.Reason.Contains("must be shorter than", StringComparison.OrdinalIgnoreCase) || failure.Reason.Contains("too long", StringComparison.OrdinalIgnoreCase);
}
