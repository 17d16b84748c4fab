using System.Text.Json;
using FanOut.LocalCloud.DynamoDb;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>Divides a shard's records into buckets by partition key: equal keys are in the same bucket.</summary>
internal static class PartitionBucket
{
    /// <summary>The bucket, from 0, of a Kinesis or DynamoDB record in the JSON of an event. A record without a key is in bucket 0.</summary>
    public static int Of(ReadOnlySpan<byte> eventJson, int buckets)
    {
        if (buckets == 1)
        {
            return 0;
        }

        var json = new Utf8JsonReader(eventJson, new JsonReaderOptions { MaxDepth = AttributeValues.MaxJsonDepth });
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (json.CurrentDepth == 1 && !json.ValueTextEquals("kinesis"u8) && !json.ValueTextEquals("dynamodb"u8))
            {
                json.Skip();
            }
            else if (json.CurrentDepth == 2)
            {
                if (json.ValueTextEquals("partitionKey"u8) || json.ValueTextEquals("Keys"u8))
                {
                    json.Read();
                    var start = (int)json.TokenStartIndex;
                    json.Skip();
                    return (int)(Hash(eventJson[start..(int)json.BytesConsumed]) % (uint)buckets);
                }

                json.Skip();
            }
        }

        return 0;
    }

    // FNV-1a: the same on every run, unlike HashCode.
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16777619u;
        }

        return hash;
    }
}
