using System.Text;

namespace FanOut.Benchmarks;

/// <summary>Kinesis's answer when it has taken all records: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html</summary>
internal static class PutRecordsAnswer
{
    /// <summary>The content type of requests and answers in CBOR.</summary>
    public const string Cbor = "application/x-amz-cbor-1.1";

    private const string SequenceNumber = "49590338271490256608559692538361571095921575989136588898", Shard = "shardId-000000000000";

    /// <summary>The answer to a request.</summary>
    /// <param name="contentType">The request's content type; the answer has the same.</param>
    /// <param name="records">How many records it had.</param>
    public static byte[] Of(string? contentType, int records) => contentType == Cbor ? OfCbor(records) : OfJson(records);

    private static byte[] OfJson(int records) => Encoding.ASCII.GetBytes(
        $$"""{"FailedRecordCount":0,"Records":[{{string.Join(',', Enumerable.Repeat($$"""{"SequenceNumber":"{{SequenceNumber}}","ShardId":"{{Shard}}"}""", records))}}]}""");

    // Maps and arrays without lengths (BF, 9F … FF), as Kinesis writes them: https://www.rfc-editor.org/rfc/rfc8949
    private static byte[] OfCbor(int records)
    {
        byte[] record = [0xBF, .. Text("SequenceNumber"), .. Text(SequenceNumber), .. Text("ShardId"), .. Text(Shard), 0xFF];
        return [0xBF, .. Text("FailedRecordCount"), 0, .. Text("Records"), 0x9F, .. Enumerable.Repeat(record, records).SelectMany(static r => r), 0xFF, 0xFF];

        static byte[] Text(string text) => [.. text.Length < 24 ? [(byte)(0x60 | text.Length)] : (byte[])[0x78, (byte)text.Length], .. Encoding.ASCII.GetBytes(text)];
    }
}
