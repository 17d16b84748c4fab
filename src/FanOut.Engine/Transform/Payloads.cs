using FanOut.Engine.Events;

namespace FanOut.Engine.Transform;

/// <summary>The payloads of a group of records, in the records' order, and the memory that holds them.</summary>
public sealed class Payloads : IDisposable
{
    internal Payloads(RecordGroup group, Arena arena)
    {
        Group = group;
        Arena = arena;
        Items = new List<Payload>(group.Records.Count);
    }

    /// <summary>The records that the payloads were made of.</summary>
    public RecordGroup Group { get; }

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

    internal Arena Arena { get; }

    internal List<Payload> Items { get; }

    internal List<Undecodable>? Broken { get; private set; }

    internal List<int>? Hollow { get; set; }

    /// <summary>Gives the memory back; the payloads must not be read any more.</summary>
    public void Dispose() => Arena.Dispose();

    /// <summary>What a record has besides its data, of a topic only.</summary>
    internal MessageExtras ExtrasOf(int record) => Extras is null ? default : Extras.GetValueOrDefault(record);

    internal void AddBroken(in Undecodable broken) => (Broken ??= []).Add(broken);
}
