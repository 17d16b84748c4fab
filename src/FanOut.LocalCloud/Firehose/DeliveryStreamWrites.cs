using System.Text.Json;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Firehose;

/// <summary>PutRecord and PutRecordBatch with their limits.</summary>
/// <remarks>https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html</remarks>
internal sealed class DeliveryStreamWrites(FirehoseService firehose)
{
    private const int MostRecords = 500;
    private const int MostBytes = 4 * 1024 * 1024;
    private const int MostRecordBytes = 1_024_000;

    public HttpResponse PutOne(ServiceCall call)
    {
        DeliveryStream stream = firehose.Resolve(call);
        string id = Take(call, stream, Read(call.Json.RequiredObject("Record")));
        return JsonAnswer.Of(json =>
        {
            json.WriteString("RecordId", id);
            json.WriteBoolean("Encrypted", false);
        });
    }

    public HttpResponse PutMany(ServiceCall call)
    {
        DeliveryStream stream = firehose.Resolve(call);
        IReadOnlyList<JsonElement> records = call.Json.Items("Records");
        if (records.Count is 0 or > MostRecords)
        {
            throw new ServiceException(
                "ValidationException",
                $"1 validation error detected: Value at 'records' failed to satisfy constraint: Member must have length between 1 and {MostRecords}, inclusive; {records.Count} were sent.");
        }

        byte[][] data = [.. records.Select(Read)];
        int bytes = data.Sum(record => record.Length);
        if (bytes > MostBytes)
        {
            throw new ServiceException("InvalidArgumentException", $"Records size exceeds 4 MB limit: {bytes} bytes.");
        }

        (ItemError? Refusal, string? Id)[] results = [.. data.Select((record, position) =>
        {
            ItemError? refusal = call.ItemErrorAt(position);
            return (refusal, refusal is { Taken: false } ? null : Take(call, stream, record));
        })];
        return JsonAnswer.Of(json =>
        {
            json.WriteNumber("FailedPutCount", results.Count(result => result.Refusal is not null));
            json.WriteBoolean("Encrypted", false);
            json.WriteStartArray("RequestResponses");
            foreach ((ItemError? refusal, string? id) in results)
            {
                json.WriteStartObject();
                if (refusal is not null)
                {
                    json.WriteString("ErrorCode", refusal.Code);
                    json.WriteString("ErrorMessage", refusal.Message);
                }
                else
                {
                    json.WriteString("RecordId", id);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private string Take(ServiceCall call, DeliveryStream stream, byte[] data)
    {
        string id = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        firehose.Received.Add(new Arrival(stream.Arn, call.Number, call.Time, data) { Id = id });
        return id;
    }

    private static byte[] Read(JsonElement record)
    {
        byte[] data = record.RequiredBytes("Data");
        return data.Length <= MostRecordBytes ? data : throw new ServiceException(
            "ValidationException",
            $"1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to {MostRecordBytes}; {data.Length} bytes were sent.");
    }
}
