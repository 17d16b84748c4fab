using System.Text.Unicode;
using FanOut.Aws.Protocols;
using FanOut.Engine.Json;

namespace FanOut.Engine.Transform;

/// <summary>Makes records of the log events of a subscription of CloudWatch Logs.</summary>
/// <remarks>
/// <code>
/// {"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"…","logStream":"…","subscriptionFilters":["…"],
///  "logEvents":[{"id":"…","timestamp":1432826855000,"message":"…"},…]}
/// </code>
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html"/>. A record is the object that has both, all that the message says and all that the event
/// says: <c>{"owner":"…","logGroup":"…","logStream":"…","subscriptionFilters":["…"],"id":"…","timestamp":…,"message":"…"}</c>. <c>messageType</c> is not in it: it is always the same, and who unpacks
/// the record once more does not take it for a message.
/// </remarks>
/// <param name="arena">Takes the records.</param>
internal sealed class LogEvents(Arena arena) : IDisposable
{
    private readonly Scratch _common = new();

    /// <summary>Reads a message.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The key of events that have no id.</param>
    /// <param name="into">Where the records are added; left as it is if the message is broken.</param>
    /// <param name="left">How many bytes the records may have; less by what they have.</param>
    /// <param name="fault">Why it is broken; else null.</param>
    /// <returns>What the text is: whole if it is no message.</returns>
    public RecordContent Read(ReadOnlySpan<byte> text, ReadOnlyMemory<byte> key, List<SubRecord> into, ref long left, out UnpackFault? fault)
    {
        fault = null;
        if (!Utf8.IsValid(text) || !TryReadMessage(text, out bool isControl, out (int Start, int Length) events))
        {
            return RecordContent.Whole;
        }

        // CloudWatch Logs sends it to see whether the stream can be reached. It has an event too, which says so, and which nobody has logged.
        if (isControl)
        {
            return RecordContent.SubRecords;
        }

        int before = into.Count;
        fault = ReadEvents(text.Slice(events.Start, events.Length), key, into, ref left);
        if (fault is null)
        {
            return RecordContent.SubRecords;
        }

        into.RemoveRange(before, into.Count - before);
        return RecordContent.Broken;
    }

    /// <inheritdoc/>
    public void Dispose() => _common.Dispose();

    /// <summary>Finds the events, and keeps what is common to them: the message's other members.</summary>
    private bool TryReadMessage(ReadOnlySpan<byte> text, out bool isControl, out (int Start, int Length) events)
    {
        (isControl, events) = (false, default);
        bool isMessage = false;
        _common.Begin(text.Length);
        scoped var json = new JsonCursor(text);
        if (!json.TryTake((byte)'{'))
        {
            return false;
        }

        do
        {
            json.Peek();
            int start = json.Position;
            if (!json.TryTakeString(out ReadOnlySpan<byte> name) || !json.TryTake((byte)':'))
            {
                return false;
            }

            json.Peek();
            int value = json.Position;
            if (!JsonText.TryTakeValue(ref json))
            {
                return false;
            }

            if (JsonName.Is(name, "messageType"u8))
            {
                ReadOnlySpan<byte> type = json.Since(value);
                isControl = type.SequenceEqual("\"CONTROL_MESSAGE\""u8);
                isMessage = isControl || type.SequenceEqual("\"DATA_MESSAGE\""u8);
            }
            else if (JsonName.Is(name, "logEvents"u8))
            {
                events = (value, json.Position - value);
            }
            else
            {
                Keep(json.Since(start));
            }
        }
        while (json.TryTake((byte)','));
        return json.TryTake((byte)'}') && json.IsAtEnd() && isMessage;
    }

    private void Keep(ReadOnlySpan<byte> member)
    {
        // There is room: behind each member of the text stands a comma or the end.
        member.CopyTo(_common.GetSpan());
        _common.GetSpan()[member.Length] = (byte)',';
        _common.Advance(member.Length + 1);
    }

    private UnpackFault? ReadEvents(ReadOnlySpan<byte> text, ReadOnlyMemory<byte> key, List<SubRecord> into, ref long left)
    {
        scoped var json = new JsonCursor(text);
        if (!json.TryTake((byte)'['))
        {
            return Broken("it has no logEvents");
        }

        if (json.TryTake((byte)']'))
        {
            return null;
        }

        for (int number = 0; number == 0 || json.TryTake((byte)','); number++)
        {
            json.Peek();
            int start = json.Position;
            if (!json.TryTake((byte)'{'))
            {
                return Broken($"element {number} of its logEvents is no object");
            }

            (int Start, int Length) id = ReadEvent(ref json, out bool isEmpty);
            ReadOnlySpan<byte> members = json.Since(start)[1..^1];
            left -= _common.Written.Length + members.Length + 2;
            if (left < 0)
            {
                return new UnpackFault(
                    UnpackFault.TooLarge,
                    "The log events of the record, with the log group and what else its message says in each, have more bytes than a function with this memory makes of a record; with more memory it makes more.");
            }

            into.Add(Write(members, isEmpty, (id.Start - 1, id.Length), key));
        }

        return null;
    }

    /// <summary>Goes to the end of an event.</summary>
    /// <param name="json">Stands behind its brace. All of it is JSON.</param>
    /// <param name="isEmpty">Whether it has no members.</param>
    /// <returns>Where its id stands, counted from its brace; nothing: it has none.</returns>
    private static (int Start, int Length) ReadEvent(scoped ref JsonCursor json, out bool isEmpty)
    {
        int start = json.Position - 1;
        (int Start, int Length) id = default;
        isEmpty = json.TryTake((byte)'}');
        if (isEmpty)
        {
            return id;
        }

        do
        {
            json.TryTakeString(out ReadOnlySpan<byte> name);
            json.TryTake((byte)':');
            bool isText = json.Peek() == (byte)'"';
            int value = json.Position;
            JsonText.TryTakeValue(ref json);
            if (JsonName.Is(name, "id"u8))
            {
                id = isText ? (value - start, json.Position - value) : default;
            }
        }
        while (json.TryTake((byte)','));
        json.TryTake((byte)'}');
        return id;
    }

    private SubRecord Write(ReadOnlySpan<byte> members, bool isEmpty, (int Start, int Length) id, ReadOnlyMemory<byte> key)
    {
        // Of an event without members the last comma goes.
        ReadOnlySpan<byte> common = _common.Written;
        common = isEmpty && !common.IsEmpty ? common[..^1] : common;
        arena.Begin(common.Length + members.Length + 2);
        arena.Write("{"u8);
        arena.Write(common);
        arena.Write(members);
        arena.Write("}"u8);
        ReadOnlyMemory<byte> data = arena.Take();
        if (id.Length <= 2)
        {
            return new SubRecord(key, default, data);
        }

        ReadOnlyMemory<byte> quoted = data.Slice(1 + common.Length + id.Start, id.Length);
        return new SubRecord(quoted.Span.Contains((byte)'\\') ? Plain(quoted.Span) ?? key : quoted[1..^1], default, data);
    }

    private ReadOnlyMemory<byte>? Plain(ReadOnlySpan<byte> quoted)
    {
        arena.Begin(quoted.Length);
        bool isText = JsonEscape.TryUndo(quoted, arena.GetSpan(quoted.Length), out int length);
        arena.Advance(isText ? length : 0);
        ReadOnlyMemory<byte> plain = arena.Take();
        return isText ? plain : (ReadOnlyMemory<byte>?)null;
    }

    private static UnpackFault Broken(string what) => new(Undecodable.Broken, $"The record's data is a DATA_MESSAGE of CloudWatch Logs, but {what}.");
}
