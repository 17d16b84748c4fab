using System.Text;
using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.Registry;

/// <summary>A row that is to be created, changed or deleted.</summary>
/// <param name="There">The row as it was read; null: there was none.</param>
/// <param name="Wanted">The mapping that it is to be; null: it is to be deleted.</param>
internal sealed record RowWrite(TargetRow? There, Mapping? Wanted)
{
    /// <summary>The source.</summary>
    public string SourceArn => There?.SourceArn ?? Wanted!.SourceArn;

    /// <summary>The id.</summary>
    public string Id => There?.Id ?? Wanted!.Id;

    /// <summary>About how many bytes the write has: the row before, which is its condition, and the row after.</summary>
    public int Bytes => Size(There?.Item) + (Wanted is null ? 0 : Size(MappingWriter.Write(Wanted)));

    /// <summary>The new values of the attributes that change; null removes one. Attributes of others stay.</summary>
    public Dictionary<string, AttributeValue?> Changes()
    {
        Dictionary<string, AttributeValue> wanted = MappingWriter.Write(Wanted!);
        return MappingAttributes.All.Where(a => a is not (MappingAttributes.SourceArn or MappingAttributes.Id) && !AreEqual(wanted.GetValueOrDefault(a), There!.Item.GetValueOrDefault(a)))
            .ToDictionary(static a => a, a => wanted.GetValueOrDefault(a));
    }

    private static int Size(IReadOnlyDictionary<string, AttributeValue>? item) =>
        item?.Sum(static a => Encoding.UTF8.GetByteCount(a.Key) + Encoding.UTF8.GetByteCount(a.Value.S ?? a.Value.N ?? "b")) ?? 0;

    private static bool AreEqual(AttributeValue? one, AttributeValue? other) => (one?.S, one?.N, one?.BOOL) == (other?.S, other?.N, other?.BOOL) && one is null == other is null;
}
