using System.Text;
using System.Text.Json;
using CsCheck;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Transform;

namespace FanOut.Tests.DeadLetters;

public sealed class EnvelopesTests
{
    [Fact]
    public void An_envelope_tells_all_that_is_known_of_a_record()
    {
        RecordGroup group = UndeliveredRecords.Group(LambdaEvent.Kinesis("data"u8.ToArray(), "key", "49"));

        Assert.Equal(
            """
            {"version":1,"mappingId":"m","type":"redis","destination":"rediss://***@cache.example.org:6379","sourceArn":"arn:aws:kinesis:us-east-1:123456789012:stream/in","shardId":"shardId-000000000000","sequenceNumber":"49","partitionKey":"key","arrivalTime":"2018-12-17T22:10:50.987Z","class":"PermanentItem","code":"ValidationException","reason":"Not taken.","requestId":"request-1","attempts":3,"firstAttempt":"2026-11-25T16:00:00.125Z","lastAttempt":"2026-11-25T16:00:02.125Z","functionName":"fanout","functionVersion":"7","data":"ZGF0YQ=="}
            """,
            UndeliveredRecords.Envelope(group, UndeliveredRecords.All(group)[0]).Text);
    }

    [Fact]
    public void What_was_never_sent_has_no_times_and_what_is_not_known_is_absent()
    {
        RecordGroup group = UndeliveredRecords.Group(LambdaEvent.Kinesis("data"u8.ToArray()));
        JsonElement envelope = UndeliveredRecords.Parse(UndeliveredRecords.Envelope(group, new Undelivered(0, null, new Failure(FailureClass.Undecodable, "Undecodable", "Broken."), Attempts.None)).Text);

        Assert.Equal(0, envelope.GetProperty("attempts").GetInt32());
        Assert.All(["firstAttempt", "lastAttempt", "requestId", "subSequenceNumber", "keys"], name => Assert.False(envelope.TryGetProperty(name, out _), name));
    }

    [Fact]
    public void A_change_of_an_item_has_its_typed_keys_and_the_whole_record_in_one_line()
    {
        RecordGroup group = UndeliveredRecords.Group(LambdaEvent.Dynamo("INSERT", "{\"id\":\n {\"S\":\"é\\n\"}}", """{"id":{"S":"é"}}""", null)
            .Replace("\"SequenceNumber\"", "\"ApproximateCreationDateTime\":1.4794997405E9,\"SequenceNumber\"", StringComparison.Ordinal));
        string text = UndeliveredRecords.Envelope(group, UndeliveredRecords.All(group)[0]).Text;
        JsonElement envelope = UndeliveredRecords.Parse(text);

        Assert.Equal("é\n", envelope.GetProperty("keys").GetProperty("id").GetProperty("S").GetString());
        Assert.Equal("2016-11-18T20:09:00.500Z", envelope.GetProperty("arrivalTime").GetString());
        Assert.Equal(group.Records[0].Raw.ToArray(), envelope.GetProperty("data").GetBytesFromBase64());
        Assert.False(envelope.TryGetProperty("shardId", out _));
        Assert.DoesNotContain('\n', text);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"kinesis\":{\"data\":\"AQ==\",\"sequenceNumber\":7}}")]
    [InlineData("{\"eventID\":\"shardId-1:7\",\"kinesis\":[]}")]
    public void A_record_that_cannot_be_read_is_whole_in_its_envelope(string unread)
    {
        RecordGroup group = UndeliveredRecords.Group(LambdaEvent.Kinesis([1]), unread);
        JsonElement envelope = UndeliveredRecords.Parse(UndeliveredRecords.Envelope(group, new Undelivered(1, null, new Failure(FailureClass.Undecodable, "UnreadableRecord", "Broken."), Attempts.None)).Text);

        Assert.Equal(unread, Encoding.UTF8.GetString(envelope.GetProperty("data").GetBytesFromBase64()));
        Assert.All(["sequenceNumber", "partitionKey"], name => Assert.False(envelope.TryGetProperty(name, out _), name));
    }

    [Fact]
    public void A_deep_item_has_all_that_other_items_have()
    {
        RecordGroup group = UndeliveredRecords.Group(LambdaEvent.Dynamo("INSERT", """{"id":{"S":"k"}}""", Fuzzing.Poison.NestedItem(32), null)
            .Replace("\"SequenceNumber\"", "\"ApproximateCreationDateTime\":1479499740,\"SequenceNumber\"", StringComparison.Ordinal));
        JsonElement envelope = UndeliveredRecords.Parse(UndeliveredRecords.Envelope(group, UndeliveredRecords.All(group)[0]).Text);

        Assert.Equal("2016-11-18T20:09:00.000Z", envelope.GetProperty("arrivalTime").GetString());
        Assert.Equal(group.Records[0].Raw.ToArray(), envelope.GetProperty("data").GetBytesFromBase64());
    }

    [Fact]
    public void A_message_of_a_topic_has_its_text()
    {
        RecordGroup group = UndeliveredRecords.Group(LambdaEvent.Sns("\\u00e9\\n"));
        JsonElement envelope = UndeliveredRecords.Parse(UndeliveredRecords.Envelope(group, UndeliveredRecords.All(group)[0]).Text);

        Assert.Equal("é\n", Encoding.UTF8.GetString(envelope.GetProperty("data").GetBytesFromBase64()));
        Assert.Equal(("95df01b4", "2026-11-24T00:00:00.000Z"), (envelope.GetProperty("sequenceNumber").GetString(), envelope.GetProperty("arrivalTime").GetString()));
        Assert.False(envelope.TryGetProperty("partitionKey", out _));
    }

    [Fact]
    public void A_log_event_has_its_own_id_as_key_and_is_an_object_of_its_own()
    {
        RecordGroup group = UndeliveredRecords.Group(LambdaEvent.Kinesis(Gzip.Of(Gzip.LogEvents(Gzip.LogEvent("e1", "one"), Gzip.LogEvent("e2", "two"))), "whole"));
        Engine.Mappings.Mapping mapping = UndeliveredRecords.Mapping() with { Unpack = Engine.Mappings.Unpack.CloudWatchLogs, AppendNewlines = true };
        Payload[] payloads = [.. MakePayloads.Of(group, PayloadOptions.Of(mapping, PayloadForm.Bytes)).All];
        JsonElement[] envelopes = [.. payloads.Select(p => UndeliveredRecords.Parse(UndeliveredRecords.Envelope(group, new Undelivered(0, p.SubSequence, UndeliveredRecords.Failure, Attempts.None), mapping: mapping).Text))];

        Assert.Equal(payloads.Select(static p => Encoding.UTF8.GetString(p.Data.Content.Span)), envelopes.Select(static e => Encoding.UTF8.GetString(e.GetProperty("data").GetBytesFromBase64()) + "\n"));
        Assert.Equal(["e1", "e2"], envelopes.Select(static e => e.GetProperty("partitionKey").GetString()));
        Assert.Equal([0, 1], envelopes.Select(static e => e.GetProperty("subSequenceNumber").GetInt32()));

        // What fails whole is buried as it came.
        JsonElement whole = UndeliveredRecords.Parse(UndeliveredRecords.Envelope(group, UndeliveredRecords.All(group)[0], mapping: mapping).Text);
        Assert.Equal(Convert.FromBase64String(Encoding.ASCII.GetString(group.Records[0].Data.Span)), whole.GetProperty("data").GetBytesFromBase64());
    }

    [Fact]
    public void A_record_of_an_aggregate_has_its_own_key_and_bytes_whatever_the_target_was_to_get()
    {
        byte[] aggregate = new KplAggregate().PartitionKey("a").PartitionKey("b").HashKey("17")
            .Record(0, null, "one"u8.ToArray()).Record(1, 0, "two"u8.ToArray()).Sealed();
        RecordGroup group = UndeliveredRecords.Group(LambdaEvent.Kinesis(aggregate, "whole"));
        Payload[] payloads = [.. MakePayloads.Of(group, new PayloadOptions(PayloadForm.Passthrough, true, false, true, Engine.Mappings.View.NewImage)).All];
        JsonElement[] envelopes = [.. payloads.Select(p => UndeliveredRecords.Parse(UndeliveredRecords.Envelope(group, new Undelivered(0, p.SubSequence, UndeliveredRecords.Failure, Attempts.None)).Text))];

        Assert.Equal(["one", "two"], envelopes.Select(e => Encoding.UTF8.GetString(e.GetProperty("data").GetBytesFromBase64())));
        Assert.Equal(["a", "b"], envelopes.Select(e => e.GetProperty("partitionKey").GetString()));
        Assert.Equal([0, 1], envelopes.Select(e => e.GetProperty("subSequenceNumber").GetInt32()));
        Assert.Equal("17", envelopes[1].GetProperty("explicitHashKey").GetString());
    }

    [Fact]
    public void Data_that_is_no_base64_is_not_lost()
    {
        RecordGroup group = UndeliveredRecords.Group("""{"kinesis":{"partitionKey":"k","sequenceNumber":"1","data":"not \n \"base64\""},"eventSourceARN":"arn:aws:kinesis:us-east-1:1:stream/in"}""");
        JsonElement envelope = UndeliveredRecords.Parse(UndeliveredRecords.Envelope(group, UndeliveredRecords.All(group)[0]).Text);

        Assert.Equal("not \n \"base64\"", Encoding.UTF8.GetString(envelope.GetProperty("data").GetBytesFromBase64()));
    }

    [Fact]
    public void A_reason_is_cut_where_it_is_endless()
    {
        RecordGroup group = UndeliveredRecords.Group(LambdaEvent.Kinesis([]));
        Undelivered lost = new(0, null, new Failure(FailureClass.Ambiguous, "X", new string('x', 2_047) + "😀" + new string('y', 100_000)), Attempts.None);

        Assert.Equal(new string('x', 2_047) + "… (100,002 characters left out)", UndeliveredRecords.Parse(UndeliveredRecords.Envelope(group, lost).Text).GetProperty("reason").GetString());
    }

    [Fact]
    public void Everything_can_be_read_back_and_data_is_left_out_exactly_where_it_does_not_fit() =>
        Gen.Select(Gen.Byte.Array[0, 2_000], Gen.String[Gen.Char, 0, 40], Gen.String[Gen.Char, 0, 300], Gen.Int[0, 1_000_000], Gen.Enum<FailureClass>()).Sample((data, key, reason, attempts, kind) =>
        {
            (key, reason) = (Valid(key), Valid(reason));
            RecordGroup read = UndeliveredRecords.Group(LambdaEvent.Kinesis(data));
            RecordGroup group = read with { Records = [read.Records[0] with { Key = Encoding.UTF8.GetBytes(key) }] };
            var lost = new Undelivered(0, null, new Failure(kind, key, reason), new Attempts(attempts, UndeliveredRecords.First, UndeliveredRecords.Last));

            (string text, bool hasData) = UndeliveredRecords.Envelope(group, lost, mapping: UndeliveredRecords.Mapping(id: "m" + key));
            JsonElement envelope = UndeliveredRecords.Parse(text);
            Assert.True(hasData);
            Assert.True(XmlText.IsValid(Encoding.UTF8.GetBytes(text)) && !text.Contains('\n', StringComparison.Ordinal));
            Assert.Equal(data, envelope.GetProperty("data").GetBytesFromBase64());
            Assert.Equal(
                ("m" + key, key, key, reason, attempts, kind.ToString()),
                (Of("mappingId"), Of("partitionKey"), Of("code"), Of("reason"), envelope.GetProperty("attempts").GetInt32(), Of("class")));

            int whole = Encoding.UTF8.GetByteCount(text);
            Assert.Equal((text, true), UndeliveredRecords.Envelope(group, lost, whole, UndeliveredRecords.Mapping(id: "m" + key)));
            (string shorter, hasData) = UndeliveredRecords.Envelope(group, lost, whole - 1, UndeliveredRecords.Mapping(id: "m" + key));
            Assert.False(hasData);
            JsonElement without = UndeliveredRecords.Parse(shorter);
            Assert.False(without.TryGetProperty("data", out _));
            Assert.Equal(data.Length, without.GetProperty("dataOmitted").GetProperty("bytes").GetInt32());
            Assert.Contains($"{whole} bytes", without.GetProperty("dataOmitted").GetProperty("reason").GetString(), StringComparison.Ordinal);
            Assert.Equal(envelope.EnumerateObject().Count(), without.EnumerateObject().Count());

            string? Of(string name) => envelope.GetProperty(name).GetString();
        }, iter: 500);

    // Text as it comes out of UTF-8: halves of pairs do not.
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
