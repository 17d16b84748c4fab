using System.Runtime.CompilerServices;
using FanOut.Engine.Events;
using FanOut.Engine.Pooling;

namespace FanOut.Engine.Transform;

/// <summary>The payloads of some records of a group, in the records' order, and the memory that holds them.</summary>
public sealed class Payloads : IDisposable
{
    /// <summary>A payload by itself has 72 bytes, and what a target remembers of it until it is sent nearly as many.</summary>
    internal const int BytesPerPayload = 128;

    internal Payloads(RecordGroup group, Arena arena)
        : this(group, arena, 0, group.Records.Count, group.Records.Count)
    {
    }

    internal Payloads(RecordGroup group, Arena arena, int first, int end, int capacity)
    {
        Group = group;
        Arena = arena;
        (First, End) = (first, end);
        Items = new PooledList<Payload>(capacity);
    }

    /// <summary>The records, of which the payloads were made of some or all.</summary>
    public RecordGroup Group { get; }

    /// <summary>The position in the group of the first record that payloads were made of.</summary>
    public int First { get; }

    /// <summary>The position in the group of the first record behind them that no payloads were made of.</summary>
    public int End { get; internal set; }

    /// <summary>The payloads.</summary>
    public IReadOnlyList<Payload> All => Items;

    /// <summary>The records that could not be read.</summary>
    public IReadOnlyList<Undecodable> Undecodable => Broken ?? (IReadOnlyList<Undecodable>)[];

    /// <summary>The records that hold nothing to send: aggregates of the Kinesis Producer Library without records.</summary>
    public IReadOnlyList<int> Empty => Hollow ?? (IReadOnlyList<int>)[];

    /// <summary>How many payloads, and records that could not be read, a filter has left out.</summary>
    public int Filtered { get; internal set; }

    /// <summary>What messages of a topic have besides their text, by record; null: none has anything.</summary>
    internal Dictionary<int, MessageExtras>? Extras { get; set; }

    /// <summary>Why the mapping's transform can do nothing with some of them, by record and position within an aggregate; null: it could with all.</summary>
    internal Dictionary<(int Record, int SubSequence), Undecodable>? Unshaped { get; set; }

    /// <summary>What their target needs of them besides data and key; null: nothing.</summary>
    internal PayloadTexts? Texts { get; init; }

    /// <summary>How much memory they take.</summary>
    internal long Bytes => Arena.Bytes + (Texts?.Bytes ?? 0) + (Changes?.Bytes ?? 0) + ((long)Items.Capacity * Unsafe.SizeOf<Payload>());

    /// <summary>How much memory they take so far, together with what targets make of them.</summary>
    internal long Taken => Arena.Bytes + (Texts?.Bytes ?? 0) + (Changes?.Bytes ?? 0) + ((long)Items.Count * BytesPerPayload);

    internal Arena Arena { get; }

    /// <summary>The changes of tables that the records carry, if that is what they are taken for; null: they are the event's own.</summary>
    internal ChangeRecords? Changes { get; init; }

    /// <summary>What requests are made of that several targets send.</summary>
    internal SharedBodies Bodies { get; } = new();

    internal PooledList<Payload> Items { get; }

    internal List<Undecodable>? Broken { get; private set; }

    internal List<int>? Hollow { get; set; }

    /// <summary>Gives the memory back; the payloads must not be read any more.</summary>
    public void Dispose()
    {
        if (!Arena.IsAbandoned)
        {
            Items.Dispose();
            Texts?.Dispose();
            Changes?.Dispose();
        }

        Arena.Dispose();
    }

    /// <summary>Whether they are of all records of the group.</summary>
    internal bool IsWhole => First == 0 && End == Group.Records.Count;

    /// <summary>The same without items, which are to be added in another order; they share the memory.</summary>
    /// <param name="capacity">How many there will be.</param>
    internal Payloads InOrder(int capacity) => new(Group, Arena, First, End, capacity)
    {
        Hollow = Hollow, Extras = Extras, Unshaped = Unshaped, Texts = Texts, Changes = Changes, Filtered = Filtered, Broken = Broken,
    };

    /// <summary>What a record has besides its data, of a topic only.</summary>
    internal MessageExtras ExtrasOf(int record) => Extras is null ? default : Extras.GetValueOrDefault(record);

    /// <summary>Why a payload cannot be sent, because its transform can do nothing with it; null: it could.</summary>
    internal Undecodable? FaultOf(in Payload payload) =>
        Unshaped is not null && Unshaped.TryGetValue((payload.Record, payload.SubSequence), out Undecodable fault) ? fault : null;

    internal void AddUnshaped(in Payload payload, in Undecodable fault) => (Unshaped ??= [])[(payload.Record, payload.SubSequence)] = fault;

    internal void AddBroken(in Undecodable broken) => (Broken ??= []).Add(broken);
}
