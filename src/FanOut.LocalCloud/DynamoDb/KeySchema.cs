using System.Text;
using System.Text.Json.Nodes;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>The names and types of a table's key attributes.</summary>
internal sealed record KeySchema(string HashName, string HashType, string? RangeName = null, string? RangeType = null)
{
    private const int MostHashBytes = 2048;
    private const int MostRangeBytes = 1024;

    public IEnumerable<string> Names => RangeName is null ? [HashName] : [HashName, RangeName];

    /// <summary>The key of a whole item.</summary>
    /// <exception cref="ServiceException">ValidationException: a key attribute is missing or of another type.</exception>
    public ItemKey OfItem(JsonObject item)
    {
        foreach (string name in Names)
        {
            if (item[name] is null)
            {
                throw Invalid($"One or more parameter values were invalid: Missing the key {name} in the item");
            }

            string expected = name == HashName ? HashType : RangeType!;
            if (AttributeValues.TypeOf(item[name]!) != expected)
            {
                throw Invalid($"One or more parameter values were invalid: Type mismatch for key {name} expected: {expected} actual: {AttributeValues.TypeOf(item[name]!)}");
            }

            int size = AttributeValues.SizeOf(item[name]!);
            if (size == 0)
            {
                throw Invalid($"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: {name}");
            }

            int most = name == HashName ? MostHashBytes : MostRangeBytes;
            if (size > most)
            {
                throw Invalid($"One or more parameter values were invalid: Size of {(name == HashName ? "hashkey" : "rangekey")} has exceeded the maximum size limit of{most} bytes");
            }
        }

        return new ItemKey(item[HashName]!, RangeName is null ? null : item[RangeName]);
    }

    /// <summary>The key in a request, which must have the key attributes and no others.</summary>
    /// <exception cref="ServiceException">ValidationException.</exception>
    public ItemKey OfKey(JsonObject key) => key.Count == Names.Count() && Names.All(key.ContainsKey)
        ? OfItem(key)
        : throw Invalid("The provided key element does not match the schema");

    /// <summary>The key attributes of an item.</summary>
    public JsonObject Of(JsonObject item)
    {
        JsonObject key = [];
        foreach (string name in Names)
        {
            key[name] = item[name]!.DeepClone();
        }

        return key;
    }

    /// <summary>The hash key as bytes that are the same on every run, to spread items over the shards of the stream.</summary>
    public byte[] HashBytes(JsonObject item) => Encoding.UTF8.GetBytes(item[HashName]!.ToJsonString());

    private static ServiceException Invalid(string message) => new("ValidationException", message);
}
