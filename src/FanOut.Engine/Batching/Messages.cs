using FanOut.Aws;
using FanOut.Engine.Events;
using FanOut.Engine.Json;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Batching;

/// <summary>Messages of one or more payloads, as <c>collapse</c> says; payloads of which the mapping's texts differ share none.</summary>
/// <param name="collapse">How payloads share a message.</param>
/// <param name="limits">The target's limits.</param>
/// <param name="mostAttributes">How many attributes a message may have, where that is limited: in queues, whose messages have no subject either; null: any number.</param>
/// <param name="textOnly">Whether the target takes only characters that XML allows; anything else is sent as base64, with an attribute that says so.</param>
/// <param name="check">What else the target asks of each payload; null: nothing.</param>
internal sealed class Messages(Collapse collapse, Limits limits, bool textOnly, int? mostAttributes = null, Messages.CheckPayload? check = null) : IItemCutter
{
    /// <summary>Why a payload cannot be sent for a reason of the target's own; null: it can.</summary>
    public delegate Failure? CheckPayload(TargetBatch batch, in Payload payload);

    /// <summary>The length of <c>{"Records":[</c> and <c>]}</c>, in bytes.</summary>
    public const int JsonFrame = 14;

    /// <summary>What an item's message has besides its text: what its record has, which then is the only one in it.</summary>
    public MessageExtras ExtrasOf(TargetBatch batch, in Item item) =>
        batch.Payloads.Extras is null || item.Count > 1 ? default : Fitted(batch.Payloads.ExtrasOf(batch[item.First].Record));

    public void Cut(Payloads payloads, TargetBatch batch)
    {
        long most = Math.Min(limits.ItemBytes, limits.CallBytes);
        int first = 0, count = 0, content = 0, extra = 0;
        bool isText = true;
        for (int i = 0; i < payloads.Items.Count; i++)
        {
            ref readonly Payload payload = ref payloads.Items[i];
            if (!batch.Wants(payload))
            {
                continue;
            }

            ReadOnlySpan<byte> data = payload.Data.Content.Span;
            bool payloadIsText = !textOnly || collapse == Collapse.ConcatBase64 || XmlText.IsValid(data);
            MessageExtras extras = payloads.Extras is null ? default : Fitted(payloads.ExtrasOf(payload.Record));
            if ((Unshaped.Of(payloads, payload) ?? check?.Invoke(batch, payload) ?? Check(payload, data, payloadIsText, extras, most)) is { } failure)
            {
                batch.Fail(i, failure);
                continue;
            }

            // What one record has besides its data is not true of others, so its message is its own.
            if (count > 0 && (collapse == Collapse.None || extra > 0 || !extras.IsEmpty || payloads.Texts?.AreSame(batch[first], payload) == false || SizeOf(content + data.Length, count + 1, isText && payloadIsText) > most))
            {
                Close(batch, first, count, content, extra, isText);
                (count, content, extra, isText) = (0, 0, 0, true);
            }

            first = count == 0 ? batch.Count : first;
            batch.Select(i);
            count++;
            content += data.Length;
            extra += extras.IsEmpty ? 0 : extras.Bytes;
            isText &= payloadIsText;
        }

        Close(batch, first, count, content, extra, isText);
    }

    private MessageExtras Fitted(in MessageExtras extras) => mostAttributes is { } room ? extras.ForQueue(room) : extras;

    private Failure? Check(in Payload payload, ReadOnlySpan<byte> data, bool isText, in MessageExtras extras, long most)
    {
        if (collapse == Collapse.Json && !payload.IsJson && !JsonText.IsJson(data))
        {
            return new Failure(FailureClass.Undecodable, "NotJson", "The record is not JSON, which collapse JSON needs; concat, concat-b64 and none take any bytes.");
        }

        if (textOnly && data.IsEmpty)
        {
            return new Failure(FailureClass.PermanentItem, "EmptyMessage", "The record is empty, and the target takes no empty messages.");
        }

        int attributes = extras.Attributes is null ? 0 : extras.Attributes.Count + (isText ? 0 : 1);
        if (attributes > mostAttributes)
        {
            return new Failure(FailureClass.PermanentItem, "TooManyAttributes", $"The message has {attributes} attributes, and a message of a queue may have {mostAttributes}.");
        }

        long alone = SizeOf(data.Length, 1, isText) + (extras.IsEmpty ? 0 : extras.Bytes);
        return alone > most ? Oversize.Of(alone, most) : null;
    }

    private void Close(TargetBatch batch, int first, int count, int content, int extra, bool isText)
    {
        if (count > 0)
        {
            batch.Items.Add(new Item(first, count, (int)SizeOf(content, count, isText) + extra, !isText));
        }
    }

    private long SizeOf(int content, int count, bool isText)
    {
        long bytes = collapse switch
        {
            Collapse.Json => JsonFrame + content + (count - 1),
            Collapse.ConcatBase64 => Base64(content),
            _ => content,
        };
        return isText ? bytes : Base64(bytes) + MessageEncoding.AttributeBytes;
    }

    private static long Base64(long bytes) => (bytes + 2) / 3 * 4;
}
