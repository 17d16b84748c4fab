using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Kinesis;

/// <summary>A record as GetRecords hands it over; Kinesis calls it <c>Record</c>.</summary>
/// <param name="SequenceNumber">Its number, greater than those before it in its shard.</param>
/// <param name="PartitionKey">Its key.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="ApproximateArrivalTimestamp">About when it came, in UTC; null: the service does not say.</param>
public sealed record ShardData(string SequenceNumber, string PartitionKey, ReadOnlyMemory<byte> Data, DateTime? ApproximateArrivalTimestamp)
{
    // The reader stands at the object. No document is made of an answer: it would take several times the memory of the records.
    internal static ShardData Read(ref Utf8JsonReader reader)
    {
        string? number = null, key = null;
        byte[] data = [];
        DateTime? time = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isNumber = reader.ValueTextEquals("SequenceNumber"u8), isKey = reader.ValueTextEquals("PartitionKey"u8), isData = reader.ValueTextEquals("Data"u8);
            bool isTime = reader.ValueTextEquals("ApproximateArrivalTimestamp"u8);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
            {
                number = isNumber ? reader.GetString() : number;
                key = isKey ? reader.GetString() : key;
                data = isData ? reader.GetBytesFromBase64() : data;
                time = isTime ? JsonMembers.AsTime(reader.GetDecimal()) : time;
            }

            reader.Skip();
        }

        return new ShardData(number ?? throw new JsonException("A record has no SequenceNumber."), key ?? "", data, time);
    }
}
