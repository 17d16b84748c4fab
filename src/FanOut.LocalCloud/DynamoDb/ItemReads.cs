using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.DynamoDb.Expressions;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>GetItem, Query and Scan; the latter two in pages of at most 1 MB.</summary>
internal sealed class ItemReads(DynamoService dynamo)
{
    private const int MostPageBytes = 1024 * 1024;

    public HttpResponse Get(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        Placeholders placeholders = new(call.Json);
        Projection projection = new(call.Json, placeholders);
        placeholders.CheckAllUsed();
        JsonObject? item = table.Get(table.Schema.OfKey(AttributeValues.ReadItem(call.Json.RequiredObject("Key"))));
        return JsonAnswer.Of(json =>
        {
            if (item is not null)
            {
                json.WritePropertyName("Item");
                projection.Apply(item).WriteTo(json);
            }
        });
    }

    public HttpResponse Query(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        Placeholders placeholders = new(call.Json);
        ConditionExpression keys = ConditionExpression.Read(call.Json.Text("KeyConditionExpression"), "KeyConditionExpression", placeholders)
            ?? throw new ServiceException("ValidationException", "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        CheckKeys(keys, table.Schema);
        bool backward = call.Json.Field("ScanIndexForward") is { ValueKind: JsonValueKind.False };
        return Page(call, table, placeholders, table.Snapshot().Where(pair => keys.Holds(pair.Value)), backward);
    }

    public HttpResponse Scan(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        return Page(call, table, new Placeholders(call.Json), table.Snapshot(), backward: false);
    }

    private static HttpResponse Page(
        ServiceCall call, DynamoTable table, Placeholders placeholders, IEnumerable<KeyValuePair<ItemKey, JsonObject>> items, bool backward)
    {
        if (call.Json.Text("IndexName") is { } index)
        {
            throw new ServiceException("ValidationException", $"The table does not have the specified index: {index}");
        }

        ConditionExpression? filter = ConditionExpression.Read(call.Json.Text("FilterExpression"), "FilterExpression", placeholders);
        Projection projection = new(call.Json, placeholders);
        placeholders.CheckAllUsed();
        int limit = call.Json.Number("Limit") ?? int.MaxValue;
        if (limit < 1)
        {
            throw new ServiceException("ValidationException", $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1");
        }

        if (call.Json.Field("ExclusiveStartKey") is { } start)
        {
            ItemKey after = table.Schema.OfKey(AttributeValues.ReadItem(start));
            items = items.Where(pair => backward ? pair.Key.CompareTo(after) < 0 : pair.Key.CompareTo(after) > 0);
        }

        // Limit and megabyte count what is read; the filter decides only which of the read items are in the answer.
        List<JsonObject> found = [];
        JsonObject? last = null;
        bool full = false;
        int scanned = 0;
        int bytes = 0;
        foreach ((ItemKey _, JsonObject item) in backward ? items.Reverse() : items)
        {
            int size = AttributeValues.Size(item);
            full = scanned == limit || (scanned > 0 && bytes + size > MostPageBytes);
            if (full)
            {
                break;
            }

            (scanned, bytes, last) = (scanned + 1, bytes + size, item);
            if (filter?.Holds(item) != false)
            {
                found.Add(item);
            }
        }

        // As in DynamoDB, a page that ends by its limit has a next key even if nothing follows.
        JsonObject? next = (full || scanned == limit) && last is not null ? table.Schema.Of(last) : null;
        return Answer(call, found, projection, scanned, next);
    }

    private static HttpResponse Answer(ServiceCall call, List<JsonObject> found, Projection projection, int scanned, JsonObject? next) => JsonAnswer.Of(json =>
    {
        if (call.Json.Text("Select") != "COUNT")
        {
            json.WriteStartArray("Items");
            foreach (JsonObject item in found)
            {
                projection.Apply(item).WriteTo(json);
            }

            json.WriteEndArray();
        }

        json.WriteNumber("Count", found.Count);
        json.WriteNumber("ScannedCount", scanned);
        if (next is not null)
        {
            json.WritePropertyName("LastEvaluatedKey");
            next.WriteTo(json);
        }
    });

    private static void CheckKeys(ConditionExpression keys, KeySchema schema)
    {
        IReadOnlyList<(string Attribute, string Operator)> terms = keys.Terms;
        if (keys.HasAlternatives || terms.Count > 2 || terms.Any(term => term.Operator is "<>" or "IN" or "contains" or "attribute_exists" or "attribute_not_exists"))
        {
            throw new ServiceException("ValidationException", "Invalid operator used in KeyConditionExpression");
        }

        if (terms.Count(term => term == (schema.HashName, "=")) != 1 || (terms.Count == 2 && terms.Count(term => term.Attribute == schema.RangeName) != 1))
        {
            throw new ServiceException("ValidationException", $"Query condition missed key schema element: {schema.HashName}");
        }
    }
}
