using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace FanOut.Testing;

/// <summary>Writes KPL aggregates field by field, also ones that no producer would write.</summary>
public sealed class KplAggregate
{
    private readonly List<byte> _message = [];

    public KplAggregate PartitionKey(string key) => Field(1, Encoding.UTF8.GetBytes(key));

    public KplAggregate HashKey(string key) => Field(2, Encoding.UTF8.GetBytes(key));

    public KplAggregate Record(int partitionKey, int? hashKey, byte[] data)
    {
        KplAggregate record = new();
        record.Varint(1 << 3).Varint((ulong)partitionKey);
        if (hashKey is { } index)
        {
            record.Varint(2 << 3).Varint((ulong)index);
        }

        record.Field(3, data);
        return Field(3, record.Message());
    }

    public KplAggregate Field(int number, byte[] bytes)
    {
        Varint(((ulong)number << 3) | 2).Varint((ulong)bytes.Length);
        _message.AddRange(bytes);
        return this;
    }

    public byte[] Message() => [.. _message];

    public byte[] Sealed() => Seal(Message());

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The format's checksum.")]
    public static byte[] Seal(byte[] message) => [0xF3, 0x89, 0x9A, 0xC2, .. message, .. MD5.HashData(message)];

    private KplAggregate Varint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            _message.Add((byte)(value | 0x80));
        }

        _message.Add((byte)value);
        return this;
    }
}
