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
/// <param name="own">The attributes that the mapping gives to messages; null: none.</param>
/// <param name="properties">The user properties that it gives them, where they have such; null: none.</param>
internal sealed class Messages(
    Collapse collapse, Limits limits, bool textOnly, int? mostAttributes = null, Messages.CheckPayload? check = null, MessageAttributes? own = null, UserProperties? properties = null) : IItemCutter
{
    /// <summary>Why a payload cannot be sent for a reason of the target's own; null: it can.</summary>
    public delegate Failure? CheckPayload(TargetBatch batch, in Payload payload);

    /// <summary>The length of <c>{"Records":[</c> and <c>]}</c>, in bytes.</summary>
    public const int JsonFrame = 14;

    /// <summary>What an item's message has besides its text: what its record has, which then is the only one in it, and what the mapping gives it, which is the same for all in it.</summary>
    public MessageExtras ExtrasOf(TargetBatch batch, in Item item) => ExtrasOf(batch.Payloads, batch[item.First]);

    public void Cut(Payloads payloads, TargetBatch batch)
    {
        long most = Math.Min(limits.ItemBytes, limits.CallBytes);
        int first = 0, count = 0, content = 0, extra = 0;
        bool isText = true, wasAlone = false;
        for (int i = 0; i < payloads.Items.Count; i++)
        {
            ref readonly Payload payload = ref payloads.Items[i];
            if (!batch.Wants(payload))
            {
                continue;
            }

            ReadOnlySpan<byte> data = payload.Data.Content.Span;
            bool payloadIsText = !textOnly || collapse == Collapse.ConcatBase64 || XmlText.IsValid(data);
            int besides = 0;
            if ((Unshaped.Of(payloads, payload) ?? check?.Invoke(batch, payload) ?? own?.Check(payloads, payload) ?? properties?.Check(payloads, payload)
                ?? Check(payloads, payload, payloadIsText, most, out besides)) is { } failure)
            {
                batch.Fail(i, failure);
                continue;
            }

            // What one record has besides its data is not true of others, so its message is its own.
            bool isAlone = payloads.Extras is not null && !payloads.ExtrasOf(payload.Record).IsEmpty;
            if (count > 0 && (collapse == Collapse.None || wasAlone || isAlone || payloads.Texts?.AreSame(batch[first], payload) == false || SizeOf(content + data.Length, count + 1, isText && payloadIsText) + extra > most))
            {
                Close(batch, first, count, content, extra, isText);
                (count, content, extra, isText) = (0, 0, 0, true);
            }

            first = count == 0 ? batch.Count : first;
            batch.Select(i);
            count++;
            content += data.Length;
            extra = besides;
            wasAlone = isAlone;
            isText &= payloadIsText;
        }

        Close(batch, first, count, content, extra, isText);
    }

    private MessageExtras ExtrasOf(Payloads payloads, in Payload payload)
    {
        MessageExtras extras = payloads.Extras is null ? default : payloads.ExtrasOf(payload.Record);
        return Fitted(own is null ? extras : own.With(extras, payloads, payload));
    }

    private MessageExtras Fitted(in MessageExtras extras) => mostAttributes is { } room ? extras.ForQueue(room) : extras;

    /// <summary>Why no message can have a payload, or how much it has besides its text.</summary>
    private Failure? Check(Payloads payloads, in Payload payload, bool isText, long most, out int besides)
    {
        besides = 0;
        ReadOnlySpan<byte> data = payload.Data.Content.Span;
        if (collapse == Collapse.Json && !payload.IsJson && !JsonText.IsJson(data))
        {
            return new Failure(FailureClass.Undecodable, "NotJson", "The record is not JSON, which collapse JSON needs; concat, concat-b64 and none take any bytes.");
        }

        if (textOnly && data.IsEmpty)
        {
            return new Failure(FailureClass.PermanentItem, "EmptyMessage", "The record is empty, and the target takes no empty messages.");
        }

        MessageExtras extras = ExtrasOf(payloads, payload);
        int attributes = extras.Attributes is null ? 0 : extras.Attributes.Count + (isText ? 0 : 1);
        if (attributes > mostAttributes)
        {
            return new Failure(FailureClass.PermanentItem, "TooManyAttributes", $"The message has {attributes} attributes, and a message of a queue may have {mostAttributes}.");
        }

        besides = (extras.IsEmpty ? 0 : extras.Bytes) + (properties?.BytesOf(payloads, payload) ?? 0);
        long alone = SizeOf(data.Length, 1, isText) + besides;
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
