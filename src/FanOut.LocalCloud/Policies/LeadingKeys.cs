using System.Text.Json;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Policies;

/// <summary>The value of <c>dynamodb:LeadingKeys</c>: the partition key of the item that a call is about.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html</remarks>
internal sealed class LeadingKeys(DynamoService dynamo)
{
    // The value for calls with several items, whose keys are not compared here: no pattern matches it, so the condition is not met.
    private const string Unknown = "\u0000";

    /// <summary>The key; null for calls without items.</summary>
    public string? Of(ServiceCall call)
    {
        JsonElement? holder = call.Operation switch
        {
            "GetItem" or "UpdateItem" or "DeleteItem" => call.Json.Field("Key"),
            "PutItem" => call.Json.Field("Item"),
            _ => null,
        };
        return Of(call.Destination ?? "", holder) ?? (call.Operation is "Query" or "Scan" || call.Operation.StartsWith("Batch", StringComparison.Ordinal) ? Unknown : null);
    }

    /// <summary>The key of an item, or of what names one; null: it has none.</summary>
    /// <param name="tableArn">The ARN of its table.</param>
    /// <param name="holder">The item or its key.</param>
    public string? Of(string tableArn, JsonElement? holder) =>
        holder is { } item && dynamo.Find(tableArn) is { } table && item.Field(table.Schema.HashName) is { ValueKind: JsonValueKind.Object } value
            ? value.EnumerateObject().First().Value.ToString() : null;
}
