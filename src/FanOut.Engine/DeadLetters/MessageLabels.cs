using System.Globalization;
using System.Text;
using FanOut.Aws;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Engine.DeadLetters;

/// <summary>What messages of queues and topics have besides the envelope: attributes, FIFO group and deduplication id; and a digest of the records.</summary>
/// <param name="mapping">The mapping.</param>
/// <param name="group">The records.</param>
/// <param name="origin">The function; null: it is not known.</param>
internal sealed class MessageLabels(Mapping mapping, RecordGroup group, Origin? origin)
{
    /// <summary>
    /// How many bytes a message may have, its attributes included: the limit of SNS, and of queues that were not given a larger one
    /// (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html).
    /// </summary>
    public const int MostBytes = 262_144;

    private const string ClassName = "FailureClass", IdName = "MappingId", StringType = "String";

    // The length of the longest class name; shorter ones are not measured.
    private const int LongestClass = 16;

    /// <summary>How many of these bytes the attributes take.</summary>
    public int AttributeBytes { get; } = ClassName.Length + StringType.Length + LongestClass
        + (HasId(mapping) ? IdName.Length + StringType.Length + Encoding.UTF8.GetByteCount(mapping.Id) : 0);

    /// <summary>The FIFO group: one for all dead letters of a mapping, so that their order is kept.</summary>
    public ReadOnlyMemory<byte> Group { get; } = Keys.ForFifo(Encoding.UTF8.GetBytes(mapping.Id));

    /// <summary>The failure's class and the mapping's id; subscriptions can filter by them.</summary>
    public IReadOnlyList<MessageAttributeValue> AttributesOf(in Undelivered undelivered)
    {
        MessageAttributeValue kind = new(ClassName, undelivered.Failure.Class.ToString());
        return HasId(mapping) ? [kind, new(IdName, mapping.Id)] : [kind];
    }

    /// <summary>The FIFO deduplication id: the same for the same record of the same mapping in every invocation.</summary>
    public ReadOnlyMemory<byte> DeduplicationOf(in Undelivered undelivered) => DigestOf([undelivered]);

    /// <summary>
    /// A digest, in hex, of which records these are and who could not deliver them where: it is the same whenever they are sent again, and differs from
    /// those of other functions, sources, mappings and destinations, which may all share the dead letter.
    /// </summary>
    public ReadOnlyMemory<byte> DigestOf(IReadOnlyList<Undelivered> all)
    {
        var text = new StringBuilder($"{origin?.FunctionName}\n{group.SourceArn}\n{mapping.Id}\n{MappingText.Of(mapping.Type)} {mapping.Destination.Display}");
        foreach (Undelivered undelivered in all)
        {
            text.Append('\n').Append(PositionOf(undelivered));
        }

        return DigestOf(text.ToString());
    }

    /// <summary>The record's sequence number; of a record in an aggregate the sub-sequence number too.</summary>
    public string PositionOf(in Undelivered undelivered)
    {
        int record = undelivered.Record;
        string sequence = group.Records[record].SequenceNumber.IsEmpty ? PositionOfUnnumbered(record) : NumberOf(record);
        return undelivered.SubSequence is { } sub ? $"{sequence}-{sub}" : sequence;
    }

    // How far the record is behind the last one with a number, and a digest of what it is: no other record is named so.
    private string PositionOfUnnumbered(int record)
    {
        int? numbered = group.LastNumbered(record);
        return string.Create(
            CultureInfo.InvariantCulture, $"{(numbered is { } before ? NumberOf(before) : "")}+{record - (numbered ?? -1)}-{Digest.Of(group.Records[record].Raw.Span):x16}");
    }

    private string NumberOf(int record) => Encoding.UTF8.GetString(group.Records[record].SequenceNumber.Span);

    private static byte[] DigestOf(string text)
    {
        byte[] hex = new byte[HashKey.HexBytes];
        HashKey.WriteSha256Hex(Encoding.UTF8.GetBytes(text), hex);
        return hex;
    }

    private static bool HasId(Mapping mapping) => mapping.Id.Length is > 0 and <= 256 && XmlText.IsValid(Encoding.UTF8.GetBytes(mapping.Id));
}
