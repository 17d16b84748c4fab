using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>
/// The key of an item, by which a table is sorted: items with the same hash key are together, in the order of the range key; the order of hash keys
/// is arbitrary.
/// </summary>
internal sealed class ItemKey(JsonNode hash, JsonNode? range) : IComparable<ItemKey>
{
    private readonly string _hashText = hash.ToJsonString();

    public JsonNode Hash { get; } = hash;

    public JsonNode? Range { get; } = range;

    private UInt128 Spread { get; } = BinaryPrimitives.ReadUInt128BigEndian(Checksum.Md5(Encoding.UTF8.GetBytes(hash.ToJsonString())));

    public int CompareTo(ItemKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = Spread.CompareTo(other.Spread);
        order = order != 0 ? order : string.CompareOrdinal(_hashText, other._hashText);
        return order != 0 || Range is null ? order : AttributeValues.Compare(Range, other.Range!) ?? 0;
    }
}
