using System.Text;

namespace FanOut.Engine.Events;

/// <summary>The mark by which a record is known again that somebody has put into a source to see what becomes of it (<c>Test-FanOutTarget -Send -Through Source</c>).</summary>
/// <remarks>
/// To look for it costs other records nothing. In Kinesis it is the partition key, in quotation marks: JSON has to escape them, and an event with an escape is none of <see cref="KinesisLayout"/>,
/// so only keys with escapes are looked at. A topic's message has it as an attribute, so only attributes are looked at, of which few messages have any. A change of a table has no place for it.
/// </remarks>
public static class TestMark
{
    /// <summary>The attribute of a topic's message that holds it.</summary>
    public const string AttributeName = "FanOutTest";

    private const string Hex = "0123456789abcdef";
    private const int PrefixLength = 12, Length = PrefixLength + 32;

    private static ReadOnlySpan<byte> Prefix => "fanout-test-"u8;

    /// <summary>A mark that no other record has.</summary>
    public static string New() => $"fanout-test-{Guid.NewGuid():N}";

    /// <summary>The partition key of a record of Kinesis that has the mark.</summary>
    public static string KeyOf(string mark) => $"\"{mark}\"";

    /// <summary>The mark in a partition key; null: there is none.</summary>
    internal static string? InKey(ReadOnlySpan<byte> key) => key.Length == Length + 2 && key[0] == '"' && key[^1] == '"' ? Read(key[1..^1]) : null;

    /// <summary>Whether the attributes of a topic's message may hold a mark.</summary>
    internal static bool MayBeIn(ReadOnlySpan<byte> attributes) => attributes.IndexOf(Prefix) >= 0;

    /// <summary>The mark of a topic's message; null: it has none.</summary>
    internal static string? InMessage(in StreamRecord message) =>
        MessageExtras.Of(message).Attributes?.FirstOrDefault(static a => a.Name == AttributeName) is { Value: { } value } ? Read(Encoding.UTF8.GetBytes(value)) : null;

    // It is logged, so it is nothing else than what New makes.
    private static string? Read(ReadOnlySpan<byte> mark)
    {
        if (mark.Length != Length || !mark.StartsWith(Prefix))
        {
            return null;
        }

        foreach (byte digit in mark[PrefixLength..])
        {
            if (!Hex.Contains((char)digit, StringComparison.Ordinal))
            {
                return null;
            }
        }

        return Encoding.ASCII.GetString(mark);
    }
}
