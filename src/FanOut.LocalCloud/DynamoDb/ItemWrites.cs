using System.Text.Json.Nodes;
using FanOut.LocalCloud.DynamoDb.Expressions;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>PutItem, UpdateItem and DeleteItem with their conditions.</summary>
internal sealed class ItemWrites(DynamoService dynamo)
{
    private static readonly JsonObject Nothing = [];

    public HttpResponse Put(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        JsonObject item = AttributeValues.ReadItem(call.Json.RequiredObject("Item"));
        return Write(call, table, table.Schema.OfItem(item), (_, _) => item);
    }

    public HttpResponse Delete(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        return Write(call, table, Key(call, table), (_, _) => null);
    }

    public HttpResponse Update(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        JsonObject keyAttributes = AttributeValues.ReadItem(call.Json.RequiredObject("Key"));
        UpdateExpression? update = null;
        return Write(
            call,
            table,
            table.Schema.OfKey(keyAttributes),
            (before, _) => update is null ? before ?? keyAttributes : update.Apply(before ?? keyAttributes),
            placeholders => update = ReadUpdate(call, table, placeholders));
    }

    private static HttpResponse Write(
        ServiceCall call,
        DynamoTable table,
        ItemKey key,
        Func<JsonObject?, ItemKey, JsonObject?> change,
        Func<Placeholders, UpdateExpression?>? readUpdate = null)
    {
        Placeholders placeholders = new(call.Json);
        UpdateExpression? update = readUpdate?.Invoke(placeholders);
        ConditionExpression? condition = ConditionExpression.Read(call.Json.Text("ConditionExpression"), "ConditionExpression", placeholders);
        placeholders.CheckAllUsed();

        (JsonObject? before, JsonObject? after) = table.Change(key, item => condition?.Holds(item ?? Nothing) == false
            ? throw Failed(call, item)
            : change(item, key));
        JsonObject? returned = call.Json.Text("ReturnValues") switch
        {
            null or "NONE" => null,
            "ALL_OLD" => before,
            "ALL_NEW" when update is not null => after,
            "UPDATED_OLD" when update is not null => Only(before, update.Attributes),
            "UPDATED_NEW" when update is not null => Only(after, update.Attributes),
            string other => throw new ServiceException("ValidationException", $"ReturnValues {other} is not valid for {call.Operation}"),
        };
        return JsonAnswer.Of(json =>
        {
            if (returned is { Count: > 0 })
            {
                json.WritePropertyName("Attributes");
                returned.WriteTo(json);
            }
        });
    }

    private static ServiceException Failed(ServiceCall call, JsonObject? item) => new("ConditionalCheckFailedException", "The conditional request failed")
    {
        Details = item is null || call.Json.Text("ReturnValuesOnConditionCheckFailure") != "ALL_OLD" ? null : json =>
        {
            json.WritePropertyName("Item");
            item.WriteTo(json);
        },
    };

    private static UpdateExpression? ReadUpdate(ServiceCall call, DynamoTable table, Placeholders placeholders)
    {
        if (call.Json.Text("UpdateExpression") is not { } expression)
        {
            return null;
        }

        UpdateExpression update = new(expression, placeholders);
        return update.Attributes.FirstOrDefault(table.Schema.Names.Contains) is { } key
            ? throw new ServiceException("ValidationException", $"One or more parameter values were invalid: Cannot update attribute {key}. This attribute is part of the key")
            : update;
    }

    private static ItemKey Key(ServiceCall call, DynamoTable table) => table.Schema.OfKey(AttributeValues.ReadItem(call.Json.RequiredObject("Key")));

    private static JsonObject? Only(JsonObject? item, IEnumerable<string> names)
    {
        if (item is null)
        {
            return null;
        }

        JsonObject chosen = [];
        foreach (string name in names.Where(item.ContainsKey))
        {
            chosen[name] = item[name]!.DeepClone();
        }

        return chosen;
    }
}
