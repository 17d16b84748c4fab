using System.Text.Json.Nodes;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>A Kinesis stream to which a table streams its changes.</summary>
/// <param name="table">The table's name.</param>
/// <param name="schema">The table's key.</param>
/// <param name="stream">The stream.</param>
/// <param name="isExact">Whether times have microseconds; otherwise milliseconds.</param>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html. The form of the records is that of published ones; DynamoDB's partition keys are 32 hexadecimal digits, of which it
/// is not documented how they are made: here they are the MD5 of the item's key.
/// </remarks>
internal sealed class KinesisDestination(string table, KeySchema schema, KinesisStream stream, bool isExact)
{
    /// <summary>The stream's ARN.</summary>
    public string StreamArn => stream.Arn;

    /// <summary>How exact times are, in the API's word.</summary>
    public string Precision => isExact ? "MICROSECOND" : "MILLISECOND";

    /// <summary>Whether changes are put into it; one that was disabled is still described.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Puts a change into the stream; the caller holds the table's lock.</summary>
    public void Put(JsonObject? before, JsonObject? after, DateTimeOffset now, bool expired)
    {
        JsonObject key = schema.Of(after ?? before!);
        byte[] keyBytes = System.Text.Encoding.UTF8.GetBytes(key.ToJsonString());
        stream.Put(Checksum.Md5Hex(keyBytes).ToUpperInvariant(), ChangeJson(key, before, after, now, expired));
    }

    private ReadOnlyMemory<byte> ChangeJson(JsonObject key, JsonObject? before, JsonObject? after, DateTimeOffset now, bool expired) => JsonAnswer.Object(json =>
    {
        json.WriteString("awsRegion", ArnText.Part(stream.Arn, 3));
        json.WriteString("eventID", Guid.NewGuid().ToString());
        json.WriteString("eventName", before is null ? "INSERT" : after is null ? "REMOVE" : "MODIFY");
        if (expired)
        {
            json.WriteStartObject("userIdentity");
            json.WriteString("type", "Service");
            json.WriteString("principalId", "dynamodb.amazonaws.com");
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("userIdentity");
        }

        json.WriteString("recordFormat", "application/json");
        json.WriteString("tableName", table);
        json.WriteStartObject("dynamodb");
        json.WriteNumber("ApproximateCreationDateTime", isExact ? (now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond : now.ToUnixTimeMilliseconds());
        TableStream.WriteImage(json, "Keys", key);
        TableStream.WriteImage(json, "NewImage", after);
        TableStream.WriteImage(json, "OldImage", before);
        json.WriteNumber("SizeBytes", AttributeValues.Size(key) + TableStream.Size(before) + TableStream.Size(after));
        json.WriteString("ApproximateCreationDateTimePrecision", Precision);
        json.WriteEndObject();
        json.WriteString("eventSource", "aws:dynamodb");
    });
}
