using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>BatchWriteItem. Items that a fault fails are answered as unprocessed.</summary>
internal sealed class BatchWrites(DynamoService dynamo)
{
    private const int MostWrites = 25;

    public HttpResponse Write(ServiceCall call)
    {
        (string Table, JsonElement Request)[] requests =
        [
            .. call.Json.RequiredObject("RequestItems").EnumerateObject()
                .SelectMany(table => table.Value.EnumerateArray().Select(request => (table.Name, request))),
        ];
        if (requests.Length is 0 or > MostWrites)
        {
            throw new ServiceException("ValidationException", $"1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Member must have between 1 and {MostWrites} write requests; {requests.Length} were sent.");
        }

        (DynamoTable Table, ItemKey Key, JsonObject? Item)[] writes = [.. requests.Select(request => Read(dynamo.Resolve(call, request.Table), request.Request))];
        if (writes.GroupBy(write => write.Table).Any(table => table.DistinctBy(write => write.Key, KeyEquality.Instance).Count() < table.Count()))
        {
            throw new ServiceException("ValidationException", "Provided list of item keys contains duplicates");
        }

        List<(string Table, JsonElement Request)> unprocessed = [];
        for (int position = 0; position < writes.Length; position++)
        {
            if (call.ItemErrorAt(position) is { } refusal)
            {
                unprocessed.Add(requests[position]);
                if (!refusal.Taken)
                {
                    continue;
                }
            }

            (DynamoTable table, ItemKey key, JsonObject? item) = writes[position];
            table.Change(key, _ => item);
        }

        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject("UnprocessedItems");
            foreach (IGrouping<string, (string Table, JsonElement Request)> table in unprocessed.GroupBy(request => request.Table))
            {
                json.WriteStartArray(table.Key);
                foreach ((string _, JsonElement request) in table)
                {
                    request.WriteTo(json);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }

    private static (DynamoTable Table, ItemKey Key, JsonObject? Item) Read(DynamoTable table, JsonElement request)
    {
        if (request.Field("PutRequest") is { } put)
        {
            JsonObject item = AttributeValues.ReadItem(put.RequiredObject("Item"));
            return (table, table.Schema.OfItem(item), item);
        }

        JsonElement key = request.RequiredObject("DeleteRequest").RequiredObject("Key");
        return (table, table.Schema.OfKey(AttributeValues.ReadItem(key)), null);
    }

    private sealed class KeyEquality : IEqualityComparer<ItemKey>
    {
        public static readonly KeyEquality Instance = new();

        public bool Equals(ItemKey? x, ItemKey? y) => x?.CompareTo(y) == 0;

        public int GetHashCode(ItemKey obj) => obj.Hash.ToJsonString().GetHashCode(StringComparison.Ordinal);
    }
}
