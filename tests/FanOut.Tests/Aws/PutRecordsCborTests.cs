using System.Formats.Cbor;
using System.Globalization;
using System.Text;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Protocols;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Aws;

public sealed class PutRecordsCborTests
{
    private const string Cbor = "application/x-amz-cbor-1.1";
    private const string Json = "application/x-amz-json-1.1";
    private const string Page = "<html>500 Internal Server Error</html>";

    private static readonly HttpResponse TakenInJson = HttpResponse.Text(200, Json, """{"FailedRecordCount":0,"Records":[{"SequenceNumber":"1","ShardId":"s"}]}""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Records_of_any_size_arrive_with_their_lengths_in_front(bool isBase64)
    {
        byte[][] data = [.. new[] { 0, 1, 2, 3, 23, 24, 255, 256, 65_535, 65_536, 1_048_576 }.Select(static length => RandomBytes(length))];
        string[] keys = ["k", new string('é', 12), new string('k', 256)];
        await using var wire = new Wire(Answer([.. data.Select(static _ => (string?)null)]));
        using var client = new AmazonKinesisClient(Wire.Credentials, wire.Config(AmazonKinesisClient.Service));

        await client.PutRecordsAsync(
            new()
            {
                StreamName = "séa",
                Records = PutRecordsEntries.Of([.. data.Select((d, i) => new PutRecordsRequestEntry(
                    isBase64 ? new Blob(Encoding.ASCII.GetBytes(Convert.ToBase64String(d)), true) : new Blob(d, false),
                    Encoding.UTF8.GetBytes(keys[i % keys.Length]), i % 2 == 0 ? "0"u8.ToArray() : default))]),
            },
            Cancellation);

        HttpRequest request = Assert.Single(wire.Arrived);
        Assert.Equal((Cbor, "Kinesis_20131202.PutRecords"), (request.Header("Content-Type"), request.Header("X-Amz-Target")));

        // Each read asks for a length.
        var reader = new CborReader(request.Body, CborConformanceMode.Strict);
        Assert.Equal(2, reader.ReadStartMap());
        Assert.Equal("Records", reader.ReadTextString());
        Assert.Equal(data.Length, reader.ReadStartArray());
        for (int i = 0; i < data.Length; i++)
        {
            Assert.Equal(i % 2 == 0 ? 3 : 2, reader.ReadStartMap());
            Assert.Equal("Data", reader.ReadTextString());
            Assert.Equal(data[i], reader.ReadDefiniteLengthByteString().ToArray());
            Assert.Equal(("PartitionKey", keys[i % keys.Length]), (reader.ReadTextString(), reader.ReadTextString()));
            if (i % 2 == 0)
            {
                Assert.Equal(("ExplicitHashKey", "0"), (reader.ReadTextString(), reader.ReadTextString()));
            }

            reader.ReadEndMap();
        }

        reader.ReadEndArray();
        Assert.Equal(("StreamName", "séa"), (reader.ReadTextString(), reader.ReadTextString()));
        reader.ReadEndMap();
        Assert.Equal(0, reader.BytesRemaining);
    }

    // What moto, a web server and AWS JSON's own front end say of CBOR.
    [Theory]
    [InlineData(500, "text/html", Page)]
    [InlineData(415, "text/plain", "")]
    [InlineData(400, Json, """{"__type":"SerializationException"}""")]
    [InlineData(400, Json, """{"__type":"com.amazon.coral.service#UnknownOperationException"}""")]
    public async Task What_does_not_know_it_is_called_in_JSON_from_then_on(int status, string type, string body)
    {
        await using var wire = new Wire(HttpResponse.Text(status, type, body), TakenInJson, TakenInJson, TakenInJson);
        using var client = new AmazonKinesisClient(Wire.Credentials, wire.Config(AmazonKinesisClient.Service));

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(1, (await PutAsync(client)).RecordCount);
        }

        Assert.Equal([Cbor, Json, Json, Json], Types(wire));
        Assert.Equal("""{"Records":[{"Data":"eA==","PartitionKey":"k"}],"StreamName":"s"}""", wire.Arrived[1].Text);
    }

    [Fact]
    public async Task A_refusal_with_a_reason_is_one_in_whatever_form()
    {
        await using var wire = new Wire(
            HttpResponse.Text(400, Json, """{"__type":"ResourceNotFoundException","message":"no"}"""),
            HttpResponse.Bytes(400, Cbor, Map(("__type", "ExpiredTokenException"), ("message", "old"))),
            HttpResponse.Bytes(400, Cbor, Map(("Message", "slow é"), ("__type", "com.amazonaws#ProvisionedThroughputExceededException"))),
            HttpResponse.Bytes(400, Cbor, Map(("__type", "SerializationException"))),
            HttpResponse.Text(500, "text/html", Page));
        using var client = new AmazonKinesisClient(Wire.Credentials, wire.Config(AmazonKinesisClient.Service));
        List<(string, string)> refusals = [];

        for (int i = 0; i < 5; i++)
        {
            AmazonKinesisException refusal = await Assert.ThrowsAsync<AmazonKinesisException>(() => PutAsync(client));
            refusals.Add((refusal.ErrorCode, refusal.Message));
        }

        Assert.Equal(
            [
                ("ResourceNotFoundException", "no"), ("ExpiredTokenException", "old"), ("ProvisionedThroughputExceededException", "slow é"),
                ("SerializationException", "The service gave no reason."), ("Http500", Page),
            ],
            refusals);
        Assert.Equal([Cbor, Cbor, Cbor, Cbor, Cbor], Types(wire));
    }

    [Fact]
    public async Task What_is_refused_in_both_for_no_reason_says_nothing_of_either()
    {
        HttpResponse page = HttpResponse.Text(503, "text/html", Page);
        await using var wire = new Wire(page, page, Answer([null]), page);
        using var client = new AmazonKinesisClient(Wire.Credentials, wire.Config(AmazonKinesisClient.Service));

        await Assert.ThrowsAsync<AmazonKinesisException>(() => PutAsync(client));
        await PutAsync(client);
        await Assert.ThrowsAsync<AmazonKinesisException>(() => PutAsync(client));

        Assert.Equal([Cbor, Json, Cbor, Cbor], Types(wire));
    }

    [Theory]
    [InlineData("no base64")]
    [InlineData("eA")]
    [InlineData("=")]
    [InlineData("eA==\n")]
    [InlineData("é")]
    public async Task What_is_no_base64_goes_out_as_it_came_for_Kinesis_to_judge(string data)
    {
        await using var wire = new Wire(TakenInJson, Answer([null]));
        using var client = new AmazonKinesisClient(Wire.Credentials, wire.Config(AmazonKinesisClient.Service));

        await PutAsync(client, new Blob(Encoding.UTF8.GetBytes(data), true));
        await PutAsync(client);

        Assert.Equal([Json, Cbor], Types(wire));
        Assert.Contains($"\"Data\":\"{data}\"", wire.Arrived[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_proves_nothing()
    {
        byte[] whole = Answer(["1", null, "3"]).Body.ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            await using var wire = new Wire(HttpResponse.Bytes(200, Cbor, whole.AsMemory(0, length)));
            using var client = new AmazonKinesisClient(Wire.Credentials, wire.Config(AmazonKinesisClient.Service));

            await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => PutAsync(client));
        }
    }

    [Fact]
    public void It_can_be_forbidden() => Assert.Equal((false, true), (new AwsCbor(isDisabled: true).IsUsed, new AwsCbor(isDisabled: false).IsUsed));

    private static Task<PutRecordsResponse> PutAsync(AmazonKinesisClient client, Blob? data = null) => client.PutRecordsAsync(
        new() { StreamName = "s", Records = PutRecordsEntries.Of(new PutRecordsRequestEntry(data ?? new Blob("x"u8.ToArray(), false), "k"u8.ToArray(), default)) }, Cancellation);

    private static IEnumerable<string?> Types(Wire wire) => wire.Arrived.Select(static r => r.Header("Content-Type"));

    private static byte[] RandomBytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Map(params (string Name, string Value)[] members)
    {
        var writer = new CborWriter();
        writer.WriteStartMap(null);
        foreach ((string name, string value) in members)
        {
            writer.WriteTextString(name);
            writer.WriteTextString(value);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    /// <summary>An answer that names an error for some records, none for the others.</summary>
    private static HttpResponse Answer(string?[] errors)
    {
        var writer = new CborWriter();
        writer.WriteStartMap(2);
        writer.WriteTextString("FailedRecordCount");
        writer.WriteInt32(errors.Count(static e => e is not null));
        writer.WriteTextString("Records");
        writer.WriteStartArray(errors.Length);
        for (int i = 0; i < errors.Length; i++)
        {
            writer.WriteStartMap(1);
            writer.WriteTextString(errors[i] is null ? "SequenceNumber" : "ErrorCode");
            writer.WriteTextString(errors[i] ?? i.ToString(CultureInfo.InvariantCulture));
            writer.WriteEndMap();
        }

        writer.WriteEndArray();
        writer.WriteEndMap();
        return HttpResponse.Bytes(200, Cbor, writer.Encode());
    }
}
