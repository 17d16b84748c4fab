using System.Text.Json;

namespace FanOut.Aws.Protocols;

/// <summary>The answer of PutRecords and PutRecordBatch: one element per record that was sent, in order; those that failed have an ErrorCode.</summary>
internal static class BatchAnswer
{
    // {"FailedRecordCount":1,"Records":[{"SequenceNumber":"49","ShardId":"…"},{"ErrorCode":"…","ErrorMessage":"…"}]}
    public static (int FailedCount, int Records, IReadOnlyList<BatchResultErrorEntry> Failed) Read(ReadOnlySpan<byte> body, ReadOnlySpan<byte> failedName, ReadOnlySpan<byte> recordsName)
    {
        int failed = 0, records = 0;
        List<BatchResultErrorEntry>? errors = null;
        var reader = new Utf8JsonReader(body);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(failedName))
            {
                reader.Read();
                failed = reader.GetInt32();
            }
            else if (reader.ValueTextEquals(recordsName))
            {
                Expect(ref reader, JsonTokenType.StartArray);
                for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; records++)
                {
                    ReadRecord(ref reader, records, ref errors);
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return (failed, records, errors ?? (IReadOnlyList<BatchResultErrorEntry>)[]);
    }

    private static void ReadRecord(ref Utf8JsonReader reader, int index, ref List<BatchResultErrorEntry>? errors)
    {
        string code = "", message = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = reader.ValueTextEquals("ErrorCode"u8), isMessage = reader.ValueTextEquals("ErrorMessage"u8);
            reader.Read();
            if (isCode)
            {
                code = reader.Text();
            }
            else if (isMessage)
            {
                message = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        if (code.Length > 0)
        {
            (errors ??= []).Add(new BatchResultErrorEntry(index, code, message));
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new JsonException($"Expected {token} in the answer.");
        }
    }
}
