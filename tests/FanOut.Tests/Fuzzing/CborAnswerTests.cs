using System.Formats.Cbor;
using System.Text;
using System.Text.Json;
using CsCheck;
using FanOut.Aws;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Fuzzing;

/// <summary>Answers of PutRecords in CBOR: they mean what they mean in JSON, and damaged ones are receipts, or exceptions that the taxonomy knows.</summary>
public class CborAnswerTests
{
    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.OneOf<string>("\"1\"", "\"\"", "null", "7", "-1", "1.5", "true", "{}", "[]", "[[1],{\"a\":null}]", "12345678901", "\"InternalFailure\""),
        Gen.String[Gen.Char['a', 'é'], 0, 40].Select(static t => $"\"{JsonEncodedText.Encode(t)}\""));

    private static readonly Gen<string> Record = Gen.OneOf(
        Gen.Dictionary(Gen.OneOf<string>("SequenceNumber", "ShardId", "ErrorCode", "ErrorMessage", "é"), Value)[0, 4].Select(Object),
        Value.Where(static v => v[0] != '{'));

    private static readonly Gen<string> Answer = Gen.Select(Gen.Dictionary(Gen.OneOf<string>("FailedRecordCount", "EncryptionType", "x"), Value)[0, 3], Record.Array[0, 30], Gen.Bool).Select(
        static (others, records, isLast) =>
        {
            KeyValuePair<string, string> all = new("Records", $"[{string.Join(',', records)}]");
            return Object(isLast ? [.. others, all] : [all, .. others]);
        });

    [Fact]
    public void An_answer_says_in_CBOR_what_it_says_in_JSON() => Answer.Sample(
        static json =>
        {
            (int? count, int records, IReadOnlyList<BatchResultErrorEntry> failed) = BatchAnswer.Read(Encoding.UTF8.GetBytes(json), "FailedRecordCount"u8, "Records"u8, "SequenceNumber"u8);
            byte[] open = CborBodies.Of(HttpResponse.Text(200, "application/json", json)).Body.ToArray();
            foreach (byte[] cbor in (byte[][])[open, Close(open)])
            {
                var read = CborBatchAnswer.Read(cbor, "FailedRecordCount"u8, "Records"u8, "SequenceNumber"u8);
                Assert.Equal((count, records), (read.FailedCount, read.Records));
                Assert.Equal(failed, read.Failed);
            }
        },
        iter: 2_000);

    [Theory]
    [InlineData(200, """{"FailedRecordCount":1,"Records":[{"SequenceNumber":"1","ShardId":"s"},{"ErrorCode":"InternalFailure","ErrorMessage":"m"},{"SequenceNumber":"2"}]}""")]
    [InlineData(400, """{"__type":"ProvisionedThroughputExceededException","message":"slow"}""")]
    public async Task It_is_a_receipt_or_a_failure_with_a_class(int status, string answer)
    {
        byte[] current = [];
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Bytes(status, "application/x-amz-cbor-1.1", current)));
        using AwsClient client = TestTargets.Client(TargetType.Kinesis, server.Endpoint);
        await using ITarget target = TestTargets.Target(TestTargets.Mapping(TargetType.Kinesis), client);
        TargetBatch batch = TestPayloads.Batch(target.Cutter, [.. Enumerable.Range(0, 3).Select(n => TestPayloads.Payload($"{{\"n\":{n}}}"))]);
        byte[] cbor = CborBodies.Of(HttpResponse.Text(status, "application/json", answer)).Body.ToArray();

        foreach (byte[] damaged in Arbitrary.Damaged(cbor, "\x1b\x3b\x5b\x5f\x7b\x7f\x80\x9b\x9f\xa0\xbb\xbf\xc1\xdb\xf6\xf9\xfb\xff").Array[300, 300].Single())
        {
            current = damaged;
            try
            {
                await target.SendAsync(batch, batch.Items.ToArray(), TestContext.Current.CancellationToken);
                Assert.Equal(200, status);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.True(e is Amazon.Runtime.AmazonServiceException or UntrustworthyAnswerException, $"{e.GetType()}: {Convert.ToHexString(damaged)}");
                Failure failure = Classify.Of(e);
                Assert.InRange(failure.Reason.Length, 1, 2_500);
            }
        }
    }

    private static string Object(IEnumerable<KeyValuePair<string, string>> members) => $"{{{string.Join(',', members.Select(static m => $"\"{m.Key}\":{m.Value}"))}}}";

    /// <summary>The same with lengths.</summary>
    private static byte[] Close(byte[] open)
    {
        var writer = new CborWriter(CborConformanceMode.Lax, convertIndefiniteLengthEncodings: true);
        writer.WriteEncodedValue(open);
        return writer.Encode();
    }
}
