using System.Text.Json;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Policies;

/// <summary>The value of <c>dynamodb:LeadingKeys</c>: the partition key of the item that a call is about.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html</remarks>
internal sealed class LeadingKeys(DynamoService dynamo)
{
    // Of calls about several items the stand-in does not tell the keys apart: no pattern means this one, so a condition does not hold.
    private const string Unknown = "\u0000";

    /// <summary>The key; null for calls about no items.</summary>
    public string? Of(ServiceCall call)
    {
        JsonElement? holder = call.Operation switch
        {
            "GetItem" or "UpdateItem" or "DeleteItem" => call.Json.Field("Key"),
            "PutItem" => call.Json.Field("Item"),
            _ => null,
        };
        return holder is { } item && dynamo.Find(call.Destination ?? "") is { } table && item.Field(table.Schema.HashName) is { ValueKind: JsonValueKind.Object } value
            ? value.EnumerateObject().First().Value.ToString()
            : call.Operation is "Query" or "Scan" || call.Operation.StartsWith("Batch", StringComparison.Ordinal) ? Unknown : null;
    }
}
