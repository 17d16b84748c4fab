using System.Text;

namespace FanOut.Aws.Protocols;

/// <summary>The answer of PutRecords in CBOR; it means what <see cref="BatchAnswer"/> means in JSON.</summary>
internal static class CborBatchAnswer
{
    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is not CBOR, or has no such members.</exception>
    public static (int? FailedCount, int Records, IReadOnlyList<BatchResultErrorEntry> Failed) Read(
        ReadOnlySpan<byte> body, ReadOnlySpan<byte> failedName, ReadOnlySpan<byte> recordsName, ReadOnlySpan<byte> idName)
    {
        int? failed = null;
        int records = 0;
        List<BatchResultErrorEntry>? errors = null;
        var cursor = new CborCursor(body);
        int members = cursor.Enter(CborType.Map);
        while (cursor.HasMore(ref members))
        {
            ReadOnlySpan<byte> name = cursor.ReadText();
            if (name.SequenceEqual(failedName))
            {
                failed = cursor.ReadNumber();
            }
            else if (name.SequenceEqual(recordsName))
            {
                int left = cursor.Enter(CborType.Array);
                for (; cursor.HasMore(ref left); records++)
                {
                    ReadRecord(ref cursor, records, idName, ref errors);
                }
            }
            else
            {
                cursor.Skip();
            }
        }

        return (failed, records, errors ?? (IReadOnlyList<BatchResultErrorEntry>)[]);
    }

    private static void ReadRecord(ref CborCursor cursor, int index, ReadOnlySpan<byte> idName, ref List<BatchResultErrorEntry>? errors)
    {
        string code = "", message = "";
        bool hasId = false, hasError = false;
        if (cursor.Next != CborType.Map)
        {
            cursor.Skip();
            (errors ??= []).Add(BatchResultErrorEntry.Unconfirmed(index));
            return;
        }

        int members = cursor.Enter(CborType.Map);
        while (cursor.HasMore(ref members))
        {
            ReadOnlySpan<byte> name = cursor.ReadText();
            bool isText = cursor.Next == CborType.Text;
            bool isNull = cursor.IsNull;
            ReadOnlySpan<byte> value = isText ? cursor.ReadText() : default;
            if (!isText)
            {
                cursor.Skip();
            }

            if (name.SequenceEqual(idName))
            {
                hasId = value.Length > 0;
            }
            else if (name.SequenceEqual("ErrorCode"u8) || name.SequenceEqual("ErrorMessage"u8))
            {
                hasError |= !isNull && (!isText || value.Length > 0);
                (code, message) = name.Length == "ErrorCode"u8.Length ? (Encoding.UTF8.GetString(value), message) : (code, Encoding.UTF8.GetString(value));
            }
        }

        if (code.Length > 0)
        {
            (errors ??= []).Add(new BatchResultErrorEntry(index, code, message));
        }
        else if (!hasId || hasError)
        {
            (errors ??= []).Add(BatchResultErrorEntry.Unconfirmed(index));
        }
    }
}
