using System.Text;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Engine.DeadLetters;

/// <summary>What stands beside the envelopes in messages of queues and topics: attributes, group and deduplication id.</summary>
/// <param name="mapping">The mapping.</param>
/// <param name="group">The records.</param>
internal sealed class MessageLabels(Mapping mapping, RecordGroup group)
{
    /// <summary>
    /// How many bytes a message may have, its attributes included: the limit of SNS, and of queues that were not given a larger one
    /// (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html).
    /// </summary>
    public const int MostBytes = 262_144;

    private const string ClassName = "FailureClass", IdName = "MappingId", StringType = "String";

    // The longest name of a class; what it counts less is not worth measuring.
    private const int LongestClass = 16;

    /// <summary>How many of them the attributes take.</summary>
    public int AttributeBytes { get; } = ClassName.Length + StringType.Length + LongestClass
        + (HasId(mapping) ? IdName.Length + StringType.Length + Encoding.UTF8.GetByteCount(mapping.Id) : 0);

    /// <summary>One group for all of a mapping, so that their order is kept.</summary>
    public ReadOnlyMemory<byte> Group { get; } = Keys.ForGroup(Encoding.UTF8.GetBytes(mapping.Id));

    /// <summary>Why the record is here, and from which mapping: subscriptions filter by it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AttributesOf(in Undelivered undelivered)
    {
        KeyValuePair<string, string> kind = new(ClassName, undelivered.Failure.Class.ToString());
        return HasId(mapping) ? [kind, new(IdName, mapping.Id)] : [kind];
    }

    /// <summary>The same for the same record of the same mapping, in whatever invocation.</summary>
    public ReadOnlyMemory<byte> DeduplicationOf(in Undelivered undelivered) => DigestOf($"{group.SourceArn}\n{mapping.Id}\n{PositionOf(undelivered)}");

    /// <summary>A digest of the source and of which records these are, in hex.</summary>
    public ReadOnlyMemory<byte> DigestOf(IReadOnlyList<Undelivered> all)
    {
        var text = new StringBuilder(group.SourceArn);
        foreach (Undelivered undelivered in all)
        {
            text.Append('\n').Append(PositionOf(undelivered));
        }

        return DigestOf(text.ToString());
    }

    /// <summary>Sequence number and, of a record of an aggregate, sub-sequence number.</summary>
    public string PositionOf(in Undelivered undelivered)
    {
        string sequence = Encoding.UTF8.GetString(group.Records[undelivered.Record].SequenceNumber.Span);
        return undelivered.SubSequence is { } sub ? $"{sequence}-{sub}" : sequence;
    }

    private static byte[] DigestOf(string text)
    {
        byte[] hex = new byte[HashKey.HexBytes];
        HashKey.WriteSha256Hex(Encoding.UTF8.GetBytes(text), hex);
        return hex;
    }

    private static bool HasId(Mapping mapping) => mapping.Id.Length is > 0 and <= 256 && XmlText.IsValid(Encoding.UTF8.GetBytes(mapping.Id));
}
