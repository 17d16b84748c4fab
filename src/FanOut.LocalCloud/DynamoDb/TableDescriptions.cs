using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>The operations that make and describe tables.</summary>
internal sealed class TableDescriptions(DynamoService dynamo)
{
    public HttpResponse Create(ServiceCall call)
    {
        Dictionary<string, string> types = call.Json.Items("AttributeDefinitions")
            .ToDictionary(definition => definition.RequiredText("AttributeName"), definition => definition.RequiredText("AttributeType"));
        Dictionary<string, string> keys = call.Json.Items("KeySchema")
            .ToDictionary(key => key.RequiredText("KeyType"), key => key.RequiredText("AttributeName"));
        string[] undefined = [.. keys.Values.Except(types.Keys)];
        if (!keys.TryGetValue("HASH", out string? hash) || undefined.Length > 0)
        {
            throw new ServiceException("ValidationException", $"One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [{string.Join(", ", undefined)}], AttributeDefinitions: [{string.Join(", ", types.Keys)}]");
        }

        if (types.Count > keys.Count)
        {
            throw new ServiceException("ValidationException", "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions");
        }

        string? range = keys.GetValueOrDefault("RANGE");
        string? view = call.Json.Field("StreamSpecification") is { } stream && stream.Flag("StreamEnabled") ? stream.RequiredText("StreamViewType") : null;
        DynamoTable table = dynamo.CreateTable(
            call.Json.RequiredText("TableName"), hash, range, view, types[hash], range is null ? "S" : types[range],
            region: call.Region, accountId: call.AccountId);
        table.IsProtected = call.Json.Flag("DeletionProtectionEnabled");
        table.Tag(TableSettings.Tags(call));
        return JsonAnswer.Of(json => Write(json, "TableDescription", table));
    }

    public HttpResponse Describe(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        return JsonAnswer.Of(json => Write(json, "Table", table));
    }

    public HttpResponse Delete(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        if (table.IsProtected)
        {
            throw new ServiceException(
                "ValidationException", $"Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. Table: {table.Name}");
        }

        dynamo.DeleteTable(table.Arn);
        return JsonAnswer.Of(json => Write(json, "TableDescription", table, "DELETING"));
    }

    public HttpResponse List(ServiceCall call) => JsonAnswer.Of(json =>
    {
        string after = call.Json.Text("ExclusiveStartTableName") ?? "";
        int limit = call.Json.Number("Limit") ?? 100;
        if (limit is < 1 or > 100)
        {
            throw new ServiceException("ValidationException", $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and 100");
        }

        string[] rest =
        [
            .. dynamo.Tables
                .Where(table => ArnText.Part(table.Arn, 3) == call.Region && ArnText.Part(table.Arn, 4) == call.AccountId)
                .Select(table => table.Name)
                .Where(name => string.CompareOrdinal(name, after) > 0)
                .Order(StringComparer.Ordinal),
        ];
        json.WriteStartArray("TableNames");
        foreach (string name in rest.Take(limit))
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        if (rest.Length > limit)
        {
            json.WriteString("LastEvaluatedTableName", rest[limit - 1]);
        }
    });

    public HttpResponse UpdateTimeToLive(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        JsonElement specification = call.Json.RequiredObject("TimeToLiveSpecification");
        string attribute = specification.RequiredText("AttributeName");
        bool enabled = specification.Flag("Enabled");
        if (enabled == table.TimeToLiveAttribute is not null)
        {
            throw new ServiceException("ValidationException", $"TimeToLive is already {(enabled ? "enabled" : "disabled")}");
        }

        table.TimeToLiveAttribute = enabled ? attribute : null;
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject("TimeToLiveSpecification");
            json.WriteBoolean("Enabled", enabled);
            json.WriteString("AttributeName", attribute);
            json.WriteEndObject();
        });
    }

    public HttpResponse DescribeTimeToLive(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject("TimeToLiveDescription");
            json.WriteString("TimeToLiveStatus", table.TimeToLiveAttribute is null ? "DISABLED" : "ENABLED");
            if (table.TimeToLiveAttribute is { } attribute)
            {
                json.WriteString("AttributeName", attribute);
            }

            json.WriteEndObject();
        });
    }

    internal static void Write(Utf8JsonWriter json, string member, DynamoTable table, string status = "ACTIVE")
    {
        json.WriteStartObject(member);
        json.WriteString("TableName", table.Name);
        json.WriteString("TableArn", table.Arn);
        json.WriteString("TableStatus", status);
        json.WriteNumber("CreationDateTime", JsonAnswer.EpochSeconds(table.Created));
        json.WriteNumber("ItemCount", table.Count);
        json.WriteStartArray("AttributeDefinitions");
        WriteAttribute(json, table.Schema.HashName, "AttributeType", table.Schema.HashType);
        if (table.Schema.RangeName is { } rangeName)
        {
            WriteAttribute(json, rangeName, "AttributeType", table.Schema.RangeType!);
        }

        json.WriteEndArray();
        WriteKeySchema(json, table.Schema);
        json.WriteStartObject("BillingModeSummary");
        json.WriteString("BillingMode", "PAY_PER_REQUEST");
        json.WriteEndObject();
        json.WriteBoolean("DeletionProtectionEnabled", table.IsProtected);
        if (table.Stream is { } stream)
        {
            json.WriteString("LatestStreamArn", stream.Source.Arn);
            json.WriteString("LatestStreamLabel", stream.Label);
            json.WriteStartObject("StreamSpecification");
            json.WriteBoolean("StreamEnabled", true);
            json.WriteString("StreamViewType", stream.View);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    internal static void WriteKeySchema(Utf8JsonWriter json, KeySchema schema)
    {
        json.WriteStartArray("KeySchema");
        WriteAttribute(json, schema.HashName, "KeyType", "HASH");
        if (schema.RangeName is { } range)
        {
            WriteAttribute(json, range, "KeyType", "RANGE");
        }

        json.WriteEndArray();
    }

    private static void WriteAttribute(Utf8JsonWriter json, string name, string member, string value)
    {
        json.WriteStartObject();
        json.WriteString("AttributeName", name);
        json.WriteString(member, value);
        json.WriteEndObject();
    }
}
