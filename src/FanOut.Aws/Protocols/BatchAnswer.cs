using System.Text.Json;

namespace FanOut.Aws.Protocols;

/// <summary>The answer of PutRecords, PutRecordBatch and PutEvents: one element per record that was sent, in order.</summary>
/// <remarks>What was taken has an id, what failed an ErrorCode: an element that has neither, or an id beside an error, confirms nothing.</remarks>
internal static class BatchAnswer
{
    // {"FailedRecordCount":1,"Records":[{"SequenceNumber":"49","ShardId":"…"},{"ErrorCode":"…","ErrorMessage":"…"}]}
    public static (int? FailedCount, int Records, IReadOnlyList<BatchResultErrorEntry> Failed) Read(
        ReadOnlySpan<byte> body, ReadOnlySpan<byte> failedName, ReadOnlySpan<byte> recordsName, ReadOnlySpan<byte> idName)
    {
        int? failed = null;
        int records = 0;
        List<BatchResultErrorEntry>? errors = null;
        var reader = new Utf8JsonReader(body);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(failedName))
            {
                // A count that cannot be read is none: what became of each record stands in its own element.
                reader.Read();
                failed = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int count) ? count : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals(recordsName))
            {
                Expect(ref reader, JsonTokenType.StartArray);
                for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; records++)
                {
                    ReadRecord(ref reader, records, idName, ref errors);
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return (failed, records, errors ?? (IReadOnlyList<BatchResultErrorEntry>)[]);
    }

    private static void ReadRecord(ref Utf8JsonReader reader, int index, ReadOnlySpan<byte> idName, ref List<BatchResultErrorEntry>? errors)
    {
        string code = "", message = "";
        bool hasId = false, hasError = false;
        bool isObject = reader.TokenType == JsonTokenType.StartObject;
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = reader.ValueTextEquals("ErrorCode"u8), isMessage = reader.ValueTextEquals("ErrorMessage"u8), isId = reader.ValueTextEquals(idName);
            reader.Read();
            if (isId)
            {
                hasId = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;
            }
            else if (isCode || isMessage)
            {
                hasError |= reader.TokenType != JsonTokenType.Null && (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > 0);
                (code, message) = isCode ? (reader.Text(), message) : (code, reader.Text());
            }

            reader.Skip();
        }

        reader.Skip();
        if (code.Length > 0)
        {
            (errors ??= []).Add(new BatchResultErrorEntry(index, code, message));
        }
        else if (!hasId || hasError)
        {
            (errors ??= []).Add(BatchResultErrorEntry.Unconfirmed(index));
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
