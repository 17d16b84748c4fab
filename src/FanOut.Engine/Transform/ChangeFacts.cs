using FanOut.Engine.Events;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>What a record of a table's stream says of a change besides the item: when it happened, and how exactly that is known, what the stream carries, and who made it, if that was DynamoDB itself.</summary>
/// <remarks>
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html"/>. <c>userIdentity</c> is there where an item's time to live was over:
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html"/>.
/// </remarks>
internal sealed class ChangeFacts
{
    private static readonly (byte[] Name, int Number)[] Facts;
    private static readonly PathNode Paths = new();

    private readonly FieldPlaces _places = new(Facts.Length);

    static ChangeFacts()
    {
        int count = 0;
        int Add(params PathStep[] path) => Paths.Add(path, ref count).Number;
        var inRecord = new PathStep("dynamodb");
        Facts =
        [
            ([.. "\"approximateCreationDateTime\":"u8], Add(inRecord, new("ApproximateCreationDateTime"))),
            ([.. "\"approximateCreationDateTimePrecision\":"u8], Add(inRecord, new("ApproximateCreationDateTimePrecision"))),
            ([.. "\"streamViewType\":"u8], Add(inRecord, new("StreamViewType"))),
            ([.. "\"userIdentity\":"u8], Add(new PathStep("userIdentity"))),
        ];
    }

    /// <summary>Writes those that the record has, as they stand in the event.</summary>
    /// <param name="record">The record.</param>
    /// <param name="arena">The memory, with room for the record.</param>
    /// <param name="isFirst">Whether nothing stands before them, so that the first has no comma before it.</param>
    public void Write(in StreamRecord record, Arena arena, bool isFirst)
    {
        _places.Clear();
        ReadOnlySpan<byte> text = record.Raw.Span;
        _places.ReadRecord(text, Paths, SourceKind.DynamoDb);
        foreach ((byte[] name, int number) in Facts)
        {
            ReadOnlySpan<byte> value = _places.Of(text, number);
            // DynamoDB writes null into Kinesis where a table's own stream has nothing.
            if (!value.IsEmpty && !value.SequenceEqual("null"u8))
            {
                arena.Write(isFirst ? ""u8 : ","u8);
                arena.Write(name);
                arena.Write(value);
                isFirst = false;
            }
        }
    }
}
