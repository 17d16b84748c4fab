using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.DynamoDb.Expressions;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>TransactWriteItems: all writes or none, each under its condition.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html</remarks>
internal sealed class TransactWrites(DynamoService dynamo)
{
    private const int MostWrites = 100;

    private static readonly JsonObject Nothing = [];

    // Within ten minutes a token that comes again, because its answer was lost, writes nothing again. Here it is never forgotten.
    private readonly ConcurrentDictionary<string, bool> _done = [];

    /// <summary>The names of the actions, and the permission that each needs.</summary>
    public static IReadOnlyDictionary<string, string> Actions { get; } = new Dictionary<string, string>
    {
        ["Put"] = "PutItem",
        ["Update"] = "UpdateItem",
        ["Delete"] = "DeleteItem",
        ["ConditionCheck"] = "ConditionCheckItem",
    };

    /// <summary>The actions of a request, each with its name.</summary>
    public static IEnumerable<(string Action, JsonElement Request)> Read(JsonElement json) =>
        (json.Field("TransactItems") is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default).Where(static i => i.ValueKind == JsonValueKind.Object && i.EnumerateObject().Any()).Select(static item => item.EnumerateObject().First()).Select(static a => (a.Name, a.Value));

    public HttpResponse Write(ServiceCall call)
    {
        (string Action, JsonElement Request)[] requests = [.. Read(call.Json)];
        if (requests.Length is 0 or > MostWrites)
        {
            throw new ServiceException("ValidationException", $"1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to {MostWrites} and greater than or equal to 1; {requests.Length} were sent.");
        }

        ItemWrite[] writes = [.. requests.Select(r => Prepare(call, r.Action, r.Request))];
        if (writes.GroupBy(static w => (w.Table, Key: $"{w.Key.Hash.ToJsonString()} {w.Key.Range?.ToJsonString()}")).Any(static g => g.Count() > 1))
        {
            throw new ServiceException("ValidationException", "Transaction request cannot include multiple operations on one item");
        }

        if (call.Json.Text("ClientRequestToken") is not { } token || !_done.ContainsKey(token))
        {
            InAll([.. writes.Select(static w => w.Table).Distinct().OrderBy(static t => t.Arn, StringComparer.Ordinal)], () => Apply(writes));
            if (call.Json.Text("ClientRequestToken") is { } done)
            {
                _done[done] = true;
            }
        }

        return JsonAnswer.Empty;
    }

    private static void Apply(ItemWrite[] writes)
    {
        bool[] hold = [.. writes.Select(static w => w.Condition?.Holds(w.Table.Get(w.Key) ?? Nothing) != false)];
        if (hold.Contains(false))
        {
            throw new ServiceException(
                "TransactionCanceledException", $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", hold.Select(static h => h ? "None" : "ConditionalCheckFailed"))}]")
            {
                Details = json =>
                {
                    json.WriteStartArray("CancellationReasons");
                    foreach (bool holds in hold)
                    {
                        json.WriteStartObject();
                        json.WriteString("Code", holds ? "None" : "ConditionalCheckFailed");
                        if (!holds)
                        {
                            json.WriteString("Message", "The conditional request failed");
                        }

                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                },
            };
        }

        foreach (ItemWrite write in writes.Where(static w => w.Change is not null))
        {
            write.Table.Change(write.Key, write.Change!);
        }
    }

    private static void InAll(ReadOnlySpan<DynamoTable> tables, Action work)
    {
        if (tables.IsEmpty)
        {
            work();
            return;
        }

        DynamoTable[] others = tables[1..].ToArray();
        tables[0].Locked(() => InAll(others, work));
    }

    private ItemWrite Prepare(ServiceCall call, string action, JsonElement request)
    {
        DynamoTable table = dynamo.Resolve(call, request.RequiredText("TableName"));
        Placeholders placeholders = new(request);
        JsonObject holder = AttributeValues.ReadItem(request.RequiredObject(action == "Put" ? "Item" : "Key"));
        ItemKey key = action == "Put" ? table.Schema.OfItem(holder) : table.Schema.OfKey(holder);
        Func<JsonObject?, JsonObject?>? change = action switch
        {
            "Put" => _ => holder,
            "Delete" => static _ => null,
            "Update" => Update(request, table, holder, placeholders),
            "ConditionCheck" => null,
            _ => throw new ServiceException("ValidationException", $"{action} is no action of a transaction"),
        };
        ConditionExpression? condition = ConditionExpression.Read(request.Text("ConditionExpression"), "ConditionExpression", placeholders);
        placeholders.CheckAllUsed();
        return new ItemWrite(table, key, condition, change);
    }

    private static Func<JsonObject?, JsonObject?> Update(JsonElement request, DynamoTable table, JsonObject key, Placeholders placeholders)
    {
        UpdateExpression update = new(request.RequiredText("UpdateExpression"), placeholders);
        return update.Attributes.FirstOrDefault(table.Schema.Names.Contains) is { } part
            ? throw new ServiceException("ValidationException", $"One or more parameter values were invalid: Cannot update attribute {part}. This attribute is part of the key")
            : before => update.Apply(before ?? key);
    }

    private sealed record ItemWrite(DynamoTable Table, ItemKey Key, ConditionExpression? Condition, Func<JsonObject?, JsonObject?>? Change);
}
