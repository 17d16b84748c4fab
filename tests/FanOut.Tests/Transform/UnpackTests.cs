using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

/// <summary>Payloads of gzip, and of the log events of CloudWatch Logs.</summary>
public sealed class UnpackTests
{
    private const string Common = "\"owner\":\"123456789012\",\"logGroup\":\"/aws/lambda/orders\",\"logStream\":\"2026/11/28/[1]\",\"subscriptionFilters\":[\"all\"],";

    private static readonly PayloadOptions Plain = new(PayloadForm.AsIs, false, false, false, View.NewImage), Gz = Plain with { Unpack = Unpack.Gzip }, Logs = Plain with { Unpack = Unpack.CloudWatchLogs };

    public static TheoryData<PayloadForm, bool, bool> Forms => new(from form in new[] { PayloadForm.AsIs, PayloadForm.Bytes } from lines in new[] { false, true } from deaggregate in new[] { false, true } select (form, lines, deaggregate));

    [Theory]
    [MemberData(nameof(Forms))]
    public void Gzip_is_unpacked_and_all_else_passes_as_it_came(PayloadForm form, bool lines, bool deaggregate)
    {
        byte[][] data = ["{\"a\":1}"u8.ToArray(), Gzip.Of("{\"b\":2}"u8), [.. Gzip.Of("{\"c\""u8), .. Gzip.Of(":3}"u8)], Gzip.Of([]), [0x1F, 0x8B], [0xF3, 0x89, 0x9A, 0xC2], []];

        using Payloads payloads = Make(Gz with { Form = form, AppendNewlines = lines, Deaggregate = deaggregate }, data);

        Assert.Equal(
            [.. new byte[][] { data[0], "{\"b\":2}"u8.ToArray(), "{\"c\":3}"u8.ToArray(), [], data[4], data[5], [] }.Select(d => Convert.ToHexString(lines ? [.. d, (byte)'\n'] : d))],
            payloads.All.Select(Hex));
        Assert.All(payloads.All, static p => Assert.False(p.IsSubRecord));
        Assert.Equal(["k0", "k1", "k2", "k3", "k4", "k5", "k6"], payloads.All.Select(static p => Text(p.Key)));
    }

    [Fact]
    public void Nobody_who_has_not_asked_for_it_gets_anything_unpacked()
    {
        byte[] packed = Gzip.Of("x"u8);
        using Payloads payloads = Make(Plain, packed);
        using Payloads aggregated = Make(Plain with { Deaggregate = true }, packed);
        using Payloads logs = Make(Gz, Gzip.LogEvents(Gzip.LogEvent("1", "a")));

        Assert.Equal(Convert.ToHexString(packed), Hex(Assert.Single(payloads.All)));
        Assert.Equal(Convert.ToHexString(packed), Hex(Assert.Single(aggregated.All)));
        Assert.False(Assert.Single(logs.All).IsSubRecord);
    }

    [Fact]
    public void Blanks_in_base64_do_not_hide_gzip()
    {
        string text = Convert.ToBase64String(Gzip.Of("x"u8));
        string record = LambdaEvent.Kinesis("?"u8.ToArray()).Replace(Convert.ToBase64String("?"u8), $"{text[..2]} {text[2..]}", StringComparison.Ordinal);

        using Payloads payloads = MakePayloads.Of(Assert.Single(EventReader.Read(LambdaEvent.Of(record))), Gz);

        Assert.Equal("x", Text(Assert.Single(payloads.All).Data.Content));
    }

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html, as documented for Kinesis, and with what account-level policies and space-delimited filters add.
    [Fact]
    public void The_message_that_AWS_documents_is_a_record_for_each_of_its_events()
    {
        const string Documented = """
            {
                "owner": "111111111111",
                "logGroup": "CloudTrail/logs",
                "logStream": "111111111111_CloudTrail/logs_us-east-1",
                "subscriptionFilters": [
                    "Destination"
                ],
                "messageType": "DATA_MESSAGE",
                "policyLevel": "ACCOUNT_LEVEL_POLICY",
                "logEvents": [
                    {
                        "id": "31953106606966983378809025079804211143289615424298221568",
                        "timestamp": 1432826855000,
                        "message": "{\"eventVersion\":\"1.03\",\"userIdentity\":{\"type\":\"Root\"}"
                    },
                    {
                        "id": "31953106606966983378809025079804211143289615424298221569",
                        "timestamp": 1432826855000,
                        "message": "[ERROR] no",
                        "extractedFields": {"level": "ERROR", "rest": "no"}
                    }
                ]
            }
            """;

        using Payloads payloads = Make(Logs, Gzip.Of(Encoding.UTF8.GetBytes(Documented)));

        Assert.Equal(["31953106606966983378809025079804211143289615424298221568", "31953106606966983378809025079804211143289615424298221569"], payloads.All.Select(static p => Text(p.Key)));
        Assert.Equal([(0, 0, true), (0, 1, true)], payloads.All.Select(static p => (p.Record, p.SubSequence, p.IsSubRecord)));
        string[] expected =
        [
            """{"owner":"111111111111","logGroup":"CloudTrail/logs","logStream":"111111111111_CloudTrail/logs_us-east-1","subscriptionFilters":["Destination"],"policyLevel":"ACCOUNT_LEVEL_POLICY","id":"31953106606966983378809025079804211143289615424298221568","timestamp":1432826855000,"message":"{\"eventVersion\":\"1.03\",\"userIdentity\":{\"type\":\"Root\"}"}""",
            """{"owner":"111111111111","logGroup":"CloudTrail/logs","logStream":"111111111111_CloudTrail/logs_us-east-1","subscriptionFilters":["Destination"],"policyLevel":"ACCOUNT_LEVEL_POLICY","id":"31953106606966983378809025079804211143289615424298221569","timestamp":1432826855000,"message":"[ERROR] no","extractedFields":{"level":"ERROR","rest":"no"}}""",
        ];
        Assert.Equal(expected.Select(static e => JsonNode.Parse(e)!.ToJsonString()), payloads.All.Select(static p => JsonNode.Parse(p.Data.Content.Span)!.ToJsonString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_the_events_say_stands_in_their_records(bool isPacked) => Gen.Select(Arbitrary.Text, Arbitrary.Text).Array[0, 20].Sample(events =>
    {
        byte[] message = Gzip.LogEvents(events.Select(static e => Gzip.LogEvent(e.Item1, e.Item2)));

        using Payloads payloads = Make(Logs, isPacked ? Gzip.Of(message) : message);

        Assert.Equal(events.Length == 0 ? [0] : [], payloads.Empty);
        Assert.Equal(
            events.Select(static (e, i) => $"{i} {(e.Item1.Length == 0 ? "k0" : e.Item1)} {Common} {e.Item2}"),
            payloads.All.Select(static p =>
            {
                JsonElement json = JsonDocument.Parse(p.Data.Content).RootElement;
                Assert.Equal(["owner", "logGroup", "logStream", "subscriptionFilters", "id", "timestamp", "message"], json.EnumerateObject().Select(static m => m.Name));
                Assert.StartsWith("{" + Common + "\"id\":", Text(p.Data.Content), StringComparison.Ordinal);
                return $"{p.SubSequence} {Text(p.Key)} {Common} {json.GetProperty("message").GetString()}";
            }));
    }, iter: 200);

    [Theory]
    [InlineData("""{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"logEvents":[{"id":"","timestamp":1432826855000,"message":"CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."}]}""")]
    [InlineData("""{"messageType":"CONTROL_MESSAGE"}""")]
    [InlineData("""{"messageType":"DATA_MESSAGE","logEvents":[]}""")]
    [InlineData("""{"messageType":"DATA_MESSAGE","logEvents": [ ] } """)]
    public void A_message_without_logged_events_is_empty_and_neither_sent_nor_broken(string message)
    {
        using Payloads payloads = Make(Logs, Gzip.Of(Encoding.UTF8.GetBytes(message)), "plain"u8.ToArray());

        Assert.Equal([0], payloads.Empty);
        Assert.Equal(1, Assert.Single(payloads.All).Record);
        Assert.Empty(payloads.Undecodable);
    }

    [Theory]
    [InlineData("""{"messageType":"DATA_MESSAGE"}""", "has no logEvents")]
    [InlineData("""{"messageType":"DATA_MESSAGE","logEvents":{}}""", "has no logEvents")]
    [InlineData("""{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1"},7]}""", "element 1 of its logEvents is no object")]
    public void A_message_with_other_events_is_broken(string message, string reason)
    {
        using Payloads payloads = Make(Logs, Gzip.Of(Encoding.UTF8.GetBytes(message)), "plain"u8.ToArray());

        Undecodable broken = Assert.Single(payloads.Undecodable);
        Assert.Equal((0, "Undecodable", "k0"), (broken.Record, broken.Code, Text(broken.Key)));
        Assert.Contains(reason, broken.Reason, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(payloads.All).Record);
    }

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"messageType":"OTHER","logEvents":[{}]}""")]
    [InlineData("""{"logEvents":[{}]}""")]
    [InlineData("""{"messageType":"DATA_MESSAGE","logEvents":[{}]""")]
    [InlineData("""{"messageType":"DATA_MESSAGE","logEvents":[{}]} x""")]
    [InlineData("""[{"messageType":"DATA_MESSAGE","logEvents":[{}]}]""")]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("a line of a log")]
    public void What_is_no_message_of_CloudWatch_Logs_passes_whole(string text)
    {
        byte[] data = Encoding.UTF8.GetBytes(text);
        using Payloads payloads = Make(Logs, data, Gzip.Of(data));

        Assert.Equal([Convert.ToHexString(data), Convert.ToHexString(data)], payloads.All.Select(Hex));
        Assert.All(payloads.All, static p => Assert.False(p.IsSubRecord));
    }

    [Theory]
    [InlineData("\"x\":1", "{\"a\":1,\"x\":1}", "k0")]
    [InlineData("", "{\"a\":1}", "k0")]
    [InlineData(" ", "{\"a\":1 }", "k0")]
    [InlineData("\"id\":17", "{\"a\":1,\"id\":17}", "k0")]
    [InlineData("\"id\":\"\\u0031\\n\"", "{\"a\":1,\"id\":\"\\u0031\\n\"}", "1\n")]
    [InlineData("\"id\":\"\\ud800\"", "{\"a\":1,\"id\":\"\\ud800\"}", "k0")]
    [InlineData("\"\\u0069d\":\"1\"", "{\"a\":1,\"\\u0069d\":\"1\"}", "1")]
    [InlineData("\"id\":\"1\",\"id\":\"2\"", "{\"a\":1,\"id\":\"1\",\"id\":\"2\"}", "2")]
    public void An_event_is_taken_as_it_stands_and_its_key_is_its_id(string members, string expected, string key)
    {
        using Payloads payloads = Make(Logs, Encoding.UTF8.GetBytes($$"""{ "a":1 , "messageType" : "DATA_MESSAGE" , "logEvents" : [ { {{members}}} ] }""".Replace("{ \"", "{\"", StringComparison.Ordinal).Replace("[ { ", "[{", StringComparison.Ordinal)));

        Payload payload = Assert.Single(payloads.All);
        Assert.Equal((expected, key), (Text(payload.Data.Content), Text(payload.Key)));
    }

    [Fact]
    public void Records_of_an_aggregate_are_unpacked_one_by_one_and_counted_through_and_a_broken_one_fails_alone()
    {
        byte[] packed = Gzip.Of("packed"u8), broken = packed[..^3];
        byte[] aggregate = new KplAggregate().PartitionKey("a").PartitionKey("b").HashKey("17")
            .Record(0, 0, "plain"u8.ToArray()).Record(1, 0, packed).Record(0, 0, Gzip.Of(Gzip.LogEvents(Gzip.LogEvent("e1", "one"), Gzip.LogEvent("e2", "two")))).Record(1, 0, broken).Record(0, 0, "last"u8.ToArray())
            .Sealed();
        RecordFilter filter = RecordFilter.TryParse("""{"data":["packed"]}""", SourceKind.Kinesis, out RecordFilter? parsed, out _) ? parsed : throw new InvalidOperationException();

        using Payloads payloads = Make(Logs with { Deaggregate = true }, aggregate);
        using var shared = new SharedPayloads(Group(aggregate));
        Payloads passed = shared.From(0, Logs with { Deaggregate = true, Form = PayloadForm.Bytes }, filter).Payloads;

        Assert.Equal(["0 a 17", "1 b 17", "2 e1 ", "3 e2 ", "4 b 17", "5 a 17"], payloads.All.Select(static p => $"{p.SubSequence} {Text(p.Key)} {Text(p.ExplicitHashKey)}"));
        Assert.Equal(["plain", "packed", "last"], new[] { 0, 1, 5 }.Select(i => Text(payloads.All[i].Data.Content)));
        Assert.Equal([4], payloads.All.Where(p => payloads.FaultOf(p) is { Code: "Undecodable" }).Select(static p => p.SubSequence));
        Assert.Equal([1, 4], passed.All.Select(static p => p.SubSequence));
        Assert.Equal(4, passed.Filtered);
        Assert.NotNull(passed.FaultOf(passed.All[1]));
    }

    [Fact]
    public void A_broken_record_of_an_aggregate_keeps_its_fault_whatever_is_made_of_it()
    {
        byte[] aggregate = new KplAggregate().PartitionKey("a").Record(0, null, Gzip.Of("{}"u8)[..^3]).Sealed();
        RecordTransform transform = RecordTransform.TryParse("""{"inputTemplate":"<data>"}""", SourceKind.Kinesis, "", "", out RecordTransform? parsed, out _) ? parsed : throw new InvalidOperationException();

        using Payloads payloads = Make(Gz with { Deaggregate = true, Transform = transform, Key = transform }, aggregate);

        Assert.Contains("begins as gzip does", payloads.FaultOf(Assert.Single(payloads.All))!.Value.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_transforms_and_keys_see_what_was_unpacked()
    {
        byte[] logs = Gzip.Of(Gzip.LogEvents(Gzip.LogEvent("1", "an ERROR"), Gzip.LogEvent("2", "fine"), Gzip.LogEvent("3", "ERROR too")));
        Assert.True(RecordFilter.TryParse("""{"data":{"message":[{"wildcard":"*ERROR*"}],"logGroup":["/aws/lambda/orders"]}}""", SourceKind.Kinesis, out RecordFilter? filter, out _));
        Assert.True(RecordTransform.TryParse("""{"inputTemplate":"<data.logStream>: <data.message>"}""", SourceKind.Kinesis, "", "", out RecordTransform? transform, out _));
        Assert.True(RecordTransform.TryParseText("<data.logGroup>", SourceKind.Kinesis, "", "", out RecordTransform? key, out _));
        using var shared = new SharedPayloads(Group(logs));

        Payloads passed = shared.From(0, Logs with { Form = PayloadForm.Bytes, AppendNewlines = true, Transform = transform, Key = key }, filter).Payloads;

        Assert.Equal(["0 /aws/lambda/orders 2026/11/28/[1]: an ERROR\n", "2 /aws/lambda/orders 2026/11/28/[1]: ERROR too\n"], passed.All.Select(static p => $"{p.SubSequence} {Text(p.Key)} {Text(p.Data.Content)}"));
        Assert.Equal(1, passed.Filtered);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, "TooLargeUnpacked")]
    public void A_record_unpacks_to_no_more_than_there_is_memory_for(int more, string? code)
    {
        byte[] content = new byte[10_000], packed = Gzip.Of(content);
        byte[] logs = Gzip.LogEvents(Enumerable.Range(0, 100).Select(static i => Gzip.LogEvent($"{i:D3}", "m")));
        using Payloads whole = Make(Logs, [packed], content.Length + more);
        using Payloads split = Make(Logs, [logs], (100 * (Common.Length + Gzip.LogEvent("000", "m").Length + 2)) + more);
        using Payloads aggregate = Make(Gz with { Deaggregate = true }, [new KplAggregate().PartitionKey("a").Record(0, null, packed).Record(0, null, packed).Sealed()], (2 * content.Length) + more);

        Assert.Equal(code, whole.Undecodable.Select(static u => u.Code).SingleOrDefault());
        Assert.Equal(code, split.Undecodable.Select(static u => u.Code).SingleOrDefault());
        Assert.Equal(code is null ? 100 : 0, split.All.Count);
        Assert.Equal([null, code], aggregate.All.Select(p => aggregate.FaultOf(p)?.Code));
    }

    [Fact]
    public void Each_record_is_sent_or_refused_whatever_is_damaged()
    {
        byte[] logs = Gzip.LogEvents(Gzip.LogEvent("1", "a"), Gzip.LogEvent("2", "b\\\"c"), "");
        Arbitrary.Damaged(logs, "{}[]\",:\\u0d8=+/").Sample(bytes =>
        {
            foreach (byte[] data in new[] { bytes, Gzip.Of(bytes) })
            {
                using Payloads payloads = Make(Logs, data, "next"u8.ToArray());
                Assert.Equal(1, payloads.All.Count(static p => p.Record == 1));
                int count = payloads.All.Count(static p => p.Record == 0) + payloads.Undecodable.Count + payloads.Empty.Count;
                Assert.True(count >= 1 && (payloads.Undecodable.Count + payloads.Empty.Count == 0 || count == 1));
                Assert.All(payloads.All.Where(static p => p.IsSubRecord), static p => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(p.Data.Content).RootElement.ValueKind));
            }
        }, iter: 5_000);
    }

    private static Payloads Make(PayloadOptions options, params byte[][] data) => MakePayloads.Of(Group(data), options);

    private static Payloads Make(PayloadOptions options, byte[][] data, long mostUnpacked) => MakePayloads.Of(Group(data), options, 0, data.Length, long.MaxValue, mostUnpacked);

    private static RecordGroup Group(params byte[][] data) => Assert.Single(EventReader.Read(LambdaEvent.Of([.. data.Select(static (d, i) => LambdaEvent.Kinesis(d, $"k{i}", $"{100 + i}"))])));

    private static string Hex(Payload payload) => Convert.ToHexString(payload.Data.IsBase64 ? Convert.FromBase64String(Text(payload.Data.Content)) : payload.Data.Content.ToArray());

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
