using System.Text;
using System.Text.Json;
using FanOut.Aws;
using FanOut.Aws.S3;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Engine.Batching;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;
using FanOut.Tests.Targets;

namespace FanOut.Tests.DeadLetters;

public sealed class SendDeadLettersTests : IAsyncDisposable
{
    private const string Queue = "http://localhost/123456789012/letters", Topic = "arn:aws:sns:us-east-1:123456789012:letters", Bucket = "s3://letters/of/mine";

    private readonly Cloud _cloud = Cloud.Start();
    private readonly CancellationTokenSource _time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private Uri? _endpoint;

    public SendDeadLettersTests()
    {
        _cloud.Sqs.CreateQueue("letters");
        _cloud.Sqs.CreateQueue("letters.fifo", new Dictionary<string, string> { ["FifoQueue"] = "true" });
        _cloud.Sns.CreateTopic("letters");
        _cloud.Sns.CreateTopic("letters.fifo", new Dictionary<string, string> { ["FifoTopic"] = "true" });
        _cloud.S3.CreateBucket("letters");
    }

    public static TheoryData<string> FifoPlaces => ["http://localhost/123456789012/letters.fifo", Topic + ".fifo"];

    public static TheoryData<string> Places => [Queue, Topic, Bucket];

    public async ValueTask DisposeAsync()
    {
        _time.Dispose();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task All_arrive_once_and_in_the_calls_that_the_destination_takes(string destination)
    {
        RecordGroup group = UndeliveredRecords.Group(Enumerable.Range(0, 25).Select(i => new byte[] { (byte)i }));

        Assert.Empty((await SendAsync(destination, group)).Items);

        Assert.Equal(Enumerable.Range(100, 25), Arrived.Select(a => int.Parse(a.GetProperty("sequenceNumber").GetString()!, null)).Order());
        Assert.Equal(destination == Bucket ? 1 : 3, _cloud.Calls.Count);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_is_refused_for_now_is_sent_again(string destination)
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.Throttle, Times = 1 });
        _cloud.Faults.Add(new Fault { Kind = FaultKind.ServerError, Times = 1 });
        _cloud.Faults.Add(new Fault { Kind = FaultKind.CloseBeforeAnswer, Times = 1 });
        _cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Positions = [0, 2], Times = 1 });
        RecordGroup group = UndeliveredRecords.Group(Enumerable.Range(0, 4).Select(i => new byte[] { (byte)i }));

        Assert.Empty((await SendAsync(destination, group)).Items);

        Assert.Equal(["100", "101", "102", "103"], Arrived.Select(a => a.GetProperty("sequenceNumber").GetString()).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_destination_that_denies_is_left_alone_and_named(string destination)
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied });

        Receipt receipt = await SendAsync(destination, UndeliveredRecords.Group(Enumerable.Range(0, 100).Select(i => new byte[] { (byte)i })));

        Assert.Equal(Enumerable.Range(0, 100), receipt.Items.Select(i => i.Index));
        Assert.InRange(_cloud.Calls.Count, 1, 4);
        Failure failure = receipt.Items[0].Failure;
        Assert.Equal(FailureClass.PermanentTarget, failure.Class);
        Assert.Contains(_cloud.Calls, c => c.RequestId == failure.RequestId);
        Assert.Contains($"The dead letter {destination} did not take it from the function's own role", failure.Reason, StringComparison.Ordinal);
        Assert.Contains(destination == Queue ? "allow sqs:SendMessage" : destination == Topic ? "allow sns:Publish" : "allow s3:PutObject", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task When_time_is_up_what_was_not_taken_has_failed_and_nothing_is_thrown(string destination)
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.Hang });
        Task<Receipt> sending = SendAsync(destination, UndeliveredRecords.Group([[1], [2]]));
        await _time.CancelAsync();

        Assert.Equal([FailureClass.OutOfTime, FailureClass.OutOfTime], (await sending).Items.Select(i => i.Failure.Class));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_malformed_answer_is_no_word_for_anything(string destination)
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.Malformed, Times = 1 });

        Assert.Empty((await SendAsync(destination, UndeliveredRecords.Group([[1], [2]]))).Items);

        Assert.Equal(2, _cloud.Calls.Count);
        Assert.Equal(2, Arrived.Select(a => a.GetProperty("sequenceNumber").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_letter_that_the_queue_does_not_confirm_is_sent_again()
    {
        var bodies = new List<string>();
        await using HttpServer server = HttpServer.Start((request, _) =>
        {
            bodies.Add(Encoding.UTF8.GetString(request.Body.Span));
            string ids = bodies.Count == 1 ? """{"Id":"0"},{"Id":"0"},{"Id":"2"}""" : """{"Id":"0"},{"Id":"1"}""";
            return Task.FromResult(HttpResponse.Text(200, "application/json", $$"""{"Successful":[{{ids}}]}"""));
        });
        _endpoint = server.Endpoint;

        Assert.Empty((await SendAsync(Queue, UndeliveredRecords.Group([[1], [2], [3]]))).Items);

        Assert.Equal([true, true, false], ((string[])["100", "101", "102"]).Select(number => bodies[1].Contains($"\\\"{number}\\\"", StringComparison.Ordinal)));
        Assert.Equal(2, bodies.Count);
    }

    [Fact]
    public async Task A_letter_that_the_topic_does_not_confirm_is_sent_again()
    {
        var bodies = new List<string>();
        await using HttpServer server = HttpServer.Start((request, _) =>
        {
            bodies.Add(Encoding.UTF8.GetString(request.Body.Span));
            string ids = bodies.Count == 1 ? "<member><Id>0</Id></member><member/><member><Id>2</Id></member>" : "<member><Id>0</Id></member>";
            return Task.FromResult(HttpResponse.Text(200, "text/xml", $"<PublishBatchResponse><PublishBatchResult><Successful>{ids}</Successful></PublishBatchResult></PublishBatchResponse>"));
        });
        _endpoint = server.Endpoint;

        Assert.Empty((await SendAsync(Topic, UndeliveredRecords.Group([[1], [2], [3]]))).Items);

        Assert.Equal([false, true, false], ((string[])["100", "101", "102"]).Select(number => bodies[1].Contains($"%22{number}%22", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(2, bodies.Count);
    }

    [Fact]
    public async Task A_letter_that_is_refused_within_an_answer_of_success_is_told_with_the_service_s_own_error()
    {
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Text(
            200, "application/xml", "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>Not you.</Message><RequestId>r1</RequestId></Error>")));
        _endpoint = server.Endpoint;

        Failure failure = Assert.Single((await SendAsync(Bucket, UndeliveredRecords.Group([[1]]))).Items).Failure;

        Assert.Equal((FailureClass.PermanentTarget, "AccessDenied", "r1"), (failure.Class, failure.Code, failure.RequestId));
        Assert.Contains("Not you.", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_within_an_answer_of_success_that_passes_is_none_in_the_end()
    {
        int calls = 0;
        await using HttpServer server = HttpServer.Start((_, _) =>
        {
            HttpResponse answer = ++calls < 3 ? HttpResponse.Text(200, "application/xml", "<Error><Code>InternalError</Code><Message>Try again.</Message></Error>") : HttpResponse.Text(200, "application/xml", "");
            answer.Headers["ETag"] = "\"e\"";
            return Task.FromResult(answer);
        });
        _endpoint = server.Endpoint;

        Assert.Empty((await SendAsync(Bucket, UndeliveredRecords.Group([[1]]))).Items);

        Assert.Equal(3, calls);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task When_time_is_up_what_was_taken_is_settled_and_the_rest_says_why_it_was_refused(string destination)
    {
        const int Records = 60;
        RecordGroup group = UndeliveredRecords.Group(Enumerable.Range(0, Records).Select(i => new byte[] { (byte)i }));
        int taken = 0;
        _cloud.Faults.Add(new Fault
        {
            Kind = FaultKind.Throttle,
            Where = _ =>
            {
                int call = Interlocked.Increment(ref taken);
                if (call == 12)
                {
                    _time.Cancel();
                }

                return call > (destination == Bucket ? 0 : 2);
            },
        });
        Outcome outcome = Outcome.WithoutBatch(UndeliveredRecords.Mapping(destination), Records, null, UndeliveredRecords.Failure);
        await new Bury(new Here(this), outcome).RunAsync(group, long.MaxValue, _time.Token);

        Assert.Equal(Arrived.Count, outcome.DeadLettered);
        Assert.Equal(Records - Arrived.Count, Enumerable.Range(0, Records).Count(outcome.IsFailed));
        Assert.All(outcome.Failures.Where(static f => f.Key.Code == "DeadLetter"), static f => Assert.Matches("Rate exceeded|request throttling|request rate", f.Value.Reason));
    }

    [Fact]
    public async Task A_call_that_is_refused_and_nobody_knows_why_leaves_only_the_letter_that_is_refused_alone()
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Code = "Odd", Status = 418, Where = static c => Encoding.UTF8.GetString(c.Request.Body.Span).Contains("\\\"102\\\"", StringComparison.Ordinal) });

        ItemFailure failed = Assert.Single((await SendAsync(Queue, UndeliveredRecords.Group(Enumerable.Range(0, 8).Select(i => new byte[] { (byte)i })))).Items);

        Assert.Equal((2, FailureClass.PermanentItem, "Odd"), (failed.Index, failed.Failure.Class, failed.Failure.Code));
        Assert.Equal(7, Arrived.Count);
    }

    [Fact]
    public async Task An_item_that_is_refused_for_good_fails_alone()
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Positions = [1], Permanent = true });

        ItemFailure failed = Assert.Single((await SendAsync(Queue, UndeliveredRecords.Group([[1], [2], [3]]))).Items);

        Assert.Equal((1, FailureClass.PermanentItem), (failed.Index, failed.Failure.Class));
        Assert.Equal(2, Arrived.Count);
    }

    [Theory]
    [InlineData(Queue, 190_000, true)]
    [InlineData(Queue, 200_000, false)]
    [InlineData(Topic, 190_000, true)]
    [InlineData(Topic, 200_000, false)]
    [InlineData(Bucket, 4_000_000, true)]
    public async Task Data_is_left_out_where_the_destination_cannot_hold_it(string destination, int bytes, bool isThere)
    {
        Assert.Empty((await SendAsync(destination, UndeliveredRecords.Group([new byte[bytes], [1]]))).Items);

        JsonElement[] arrived = [.. Arrived.OrderBy(a => a.GetProperty("sequenceNumber").GetString(), StringComparer.Ordinal)];
        Assert.Equal(isThere, arrived[0].TryGetProperty("data", out _));
        Assert.Equal(!isThere, arrived[0].TryGetProperty("dataOmitted", out _));
        Assert.Equal([1], arrived[1].GetProperty("data").GetBytesFromBase64());
    }

    [Fact]
    public async Task Messages_with_data_to_the_last_byte_are_taken_by_a_queue_and_a_topic()
    {
        foreach (string destination in (string[])[Queue, Topic])
        {
            // Three bytes more than fits are left out, so this looks for the largest that fits.
            for (int bytes = 195_900; bytes < 196_500; bytes += 3)
            {
                Assert.Empty((await SendAsync(destination, UndeliveredRecords.Group([new byte[bytes]]))).Items);
            }
        }

        Assert.Contains(Arrived, static a => a.TryGetProperty("data", out _));
        Assert.Contains(Arrived, static a => a.TryGetProperty("dataOmitted", out _));
    }

    [Fact]
    public async Task A_queue_with_a_limit_of_its_own_gets_what_it_can_hold()
    {
        _cloud.Sqs.CreateQueue("small", new Dictionary<string, string> { ["MaximumMessageSize"] = "1024" });

        Assert.Empty((await SendAsync("http://localhost/123456789012/small", UndeliveredRecords.Group([new byte[2_000], [1]]))).Items);

        Assert.Equal([true, false], Arrived.OrderBy(a => a.GetProperty("sequenceNumber").GetString(), StringComparer.Ordinal).Select(a => a.TryGetProperty("dataOmitted", out _)));
    }

    [Theory]
    [MemberData(nameof(FifoPlaces))]
    public async Task A_FIFO_place_takes_a_record_once_and_keeps_the_order(string place)
    {
        RecordGroup group = UndeliveredRecords.Group(Enumerable.Range(0, 25).Select(i => new byte[] { (byte)i }));

        Assert.Empty((await SendAsync(place, group)).Items);
        Assert.Empty((await SendAsync(place, group)).Items);

        Assert.Equal(Enumerable.Range(100, 25).Select(i => $"{i}"), Arrived.Select(a => a.GetProperty("sequenceNumber").GetString()));
        Assert.Equal("m", Assert.Single(_cloud.Sqs.Received.Concat(_cloud.Sns.Received).Select(a => a.GroupId).Distinct()));
    }

    [Fact]
    public async Task A_FIFO_queue_takes_each_of_the_records_that_have_no_number()
    {
        RecordGroup group = UndeliveredRecords.Group("null", "null", LambdaEvent.Kinesis([1], sequenceNumber: "100"), "null", "{}", "null");

        Assert.Empty((await SendAsync("http://localhost/123456789012/letters.fifo", group)).Items);
        Assert.Empty((await SendAsync("http://localhost/123456789012/letters.fifo", group)).Items);

        Assert.Equal(["null", "null", "AQ==", "null", "{}", "null"], Arrived.Select(static a =>
            a.TryGetProperty("sequenceNumber", out _) ? a.GetProperty("data").GetString() : System.Text.Encoding.UTF8.GetString(a.GetProperty("data").GetBytesFromBase64())));
    }

    [Fact]
    public async Task Files_of_records_that_have_no_number_do_not_overwrite_each_other()
    {
        foreach (string unread in new[] { "null", "{}" })
        {
            RecordGroup group = UndeliveredRecords.Group(unread, LambdaEvent.Kinesis([1]));
            Assert.Empty((await SendAsync(Bucket, group with { Records = [group.Records[0]] })).Items);
        }

        Assert.Equal(2, Arrived.Count);
    }

    [Theory]
    [InlineData("http://localhost/123456789012/letters.fifo", 0)]
    [InlineData("http://localhost/123456789012/letters.fifo", 3)]
    [InlineData(Topic + ".fifo", 0)]
    [InlineData(Topic + ".fifo", 3)]
    public async Task A_FIFO_place_gets_none_before_one_that_it_has_refused(string place, int refused)
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Positions = [refused], Times = 1 });
        RecordGroup group = UndeliveredRecords.Group(Enumerable.Range(0, 4).Select(i => new byte[] { (byte)i }));

        Assert.Empty((await SendAsync(place, group)).Items);

        Assert.Equal(["100", "101", "102", "103"], Arrived.Select(a => a.GetProperty("sequenceNumber").GetString()));
    }

    [Fact]
    public async Task Messages_tell_class_and_mapping_beside_the_envelope()
    {
        await SendAsync(Queue, UndeliveredRecords.Group([[1]]));
        await SendAsync(Topic, UndeliveredRecords.Group([[1]]));

        Assert.All(_cloud.Sqs.Received.Concat(_cloud.Sns.Received), a => Assert.Equal(("PermanentItem", "m"), (a.Attributes["FailureClass"], a.Attributes["MappingId"])));
    }

    [Fact]
    public async Task An_object_has_a_name_that_tells_when_and_which_and_sending_again_replaces_it()
    {
        RecordGroup group = UndeliveredRecords.Group([[1], [2], [3]]);
        await SendAsync(Bucket, group);
        await SendAsync(Bucket, group);

        string key = Assert.Single(_cloud.S3.Find("letters")!.Objects).Key;
        Assert.Matches(@"^of/mine/m/\d{4}/\d\d/\d\d/\d\d/100-102-[0-9a-f]{32}\.ndjson$", key);
        Assert.Equal(3, _cloud.S3.Find("letters")!.Find(key)!.Lines.Count);
    }

    [Fact]
    public async Task Objects_hold_5_MB_or_one_envelope()
    {
        await SendAsync(Bucket, UndeliveredRecords.Group([new byte[2_000_000], new byte[2_000_000], new byte[2_000_000]]));

        Assert.Equal([1, 1, 1], _cloud.S3.Find("letters")!.Objects.Select(o => o.Lines.Count));
    }

    [Fact]
    public async Task A_mapping_with_a_strange_id_has_a_place_that_is_no_step_in_the_path()
    {
        await SendAsync("s3://letters", UndeliveredRecords.Group([[1]]), "../é b");
        await SendAsync("s3://letters", UndeliveredRecords.Group([[1]]), "..");

        Assert.Equal([".._" + "__b", "__"], _cloud.S3.Find("letters")!.Objects.Select(o => o.Key.Split('/')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Bucket)]
    [InlineData("http://localhost/123456789012/letters.fifo")]
    [InlineData(Topic + ".fifo")]
    public async Task Nobody_replaces_or_drops_what_another_wrote(string place)
    {
        Mapping mapping = UndeliveredRecords.Mapping(place);
        RecordGroup group = UndeliveredRecords.Group([[1]]);
        (Mapping Mapping, RecordGroup Group, Origin Origin)[] writers =
        [
            (mapping, group, UndeliveredRecords.Origin),
            (mapping, group, new Origin("fanout-test", "7")),
            (mapping, UndeliveredRecords.Group(LambdaEvent.Kinesis([1], "k0", "100", "arn:aws:kinesis:us-east-1:123456789012:stream/other")), UndeliveredRecords.Origin),
            (mapping with { Id = "orders:eu" }, group, UndeliveredRecords.Origin),
            (mapping with { Id = "orders/eu" }, group, UndeliveredRecords.Origin),
            (mapping with { Id = new string('x', 200) + "1" }, group, UndeliveredRecords.Origin),
            (mapping with { Id = new string('x', 200) + "2" }, group, UndeliveredRecords.Origin),
            (mapping with { Destination = TestTargets.Mapping(TargetType.Redis, "rediss://other.example.org").Destination }, group, UndeliveredRecords.Origin),
        ];

        foreach ((Mapping Mapping, RecordGroup Group, Origin Origin) writer in writers.Concat(writers))
        {
            Assert.Empty((await SendAsync(writer.Mapping, writer.Group, writer.Origin)).Items);
        }

        Assert.Equal(
            writers.Select(static w => (w.Mapping.Id, w.Mapping.Destination.Display, w.Origin.FunctionName)).Order(),
            Arrived.Select(static a => (a.GetProperty("mappingId").GetString()!, a.GetProperty("destination").GetString()!, a.GetProperty("functionName").GetString()!)).Order());
    }

    [Fact]
    public async Task The_same_records_have_the_same_name_whoever_version_writes_them()
    {
        RecordGroup group = UndeliveredRecords.Group([[1], [2]]);

        await SendAsync(UndeliveredRecords.Mapping(Bucket), group, new Origin("fanout", "7"));
        await SendAsync(UndeliveredRecords.Mapping(Bucket), group, new Origin("fanout", "8"));

        Assert.Single(_cloud.S3.Find("letters")!.Objects);
    }

    [Fact]
    public async Task A_bucket_of_another_region_is_told_how_to_be_named()
    {
        _cloud.S3.CreateBucket("far", "eu-west-1");

        Failure failure = Assert.Single((await SendAsync("s3://far/x", UndeliveredRecords.Group([[1]]))).Items).Failure;

        Assert.Equal((FailureClass.PermanentTarget, "PermanentRedirect"), (failure.Class, failure.Code));
        Assert.Contains("s3://far/x?region=…", failure.Reason, StringComparison.Ordinal);
        Assert.Empty((await SendAsync("s3://far/x?region=eu-west-1", UndeliveredRecords.Group([[1]]))).Items);
    }

    private IReadOnlyList<JsonElement> Arrived =>
    [
        .. _cloud.Sqs.Received.Concat(_cloud.Sns.Received).Select(a => a.Text)
            .Concat(_cloud.S3.Buckets.SelectMany(b => b.Objects).SelectMany(o => o.Lines))
            .Select(UndeliveredRecords.Parse),
    ];

    private Task<Receipt> SendAsync(string deadLetter, RecordGroup group, string id = "m") =>
        SendAsync(UndeliveredRecords.Mapping(deadLetter, id), group, UndeliveredRecords.Origin);

    private Task<Receipt> SendAsync(Mapping mapping, RecordGroup group, Origin origin) => SendAsync(mapping, group, UndeliveredRecords.All(group), origin);

    private async Task<Receipt> SendAsync(Mapping mapping, RecordGroup group, Undelivered[] lost, Origin origin)
    {
        var labels = new MessageLabels(mapping, group, origin);
        var envelopes = new Envelopes(mapping, group, origin);
        var messages = new DeadLetterWriter(envelopes, lost, MessageLabels.MostBytes - labels.AttributeBytes, labels.AttributeBytes);
        var lines = new DeadLetterWriter(envelopes, lost, long.MaxValue, DeadLetterBucket.LineBytes);
        DeadLetterTarget target = mapping.DeadLetter switch
        {
            QueueDestination queue => new DeadLetterQueue(queue, new AmazonSQSClient(TestTargets.Own, Config(AmazonSQSClient.Service)), labels, messages),
            TopicDestination topic => new DeadLetterTopic(topic, new AmazonSimpleNotificationServiceClient(TestTargets.Own, Config(AmazonSimpleNotificationServiceClient.Service)), labels, messages),
            BucketDestination bucket => new DeadLetterBucket(bucket, new AmazonS3Client(TestTargets.Own, Config(AmazonS3Client.Service, bucket.Region)), mapping, labels, lines, TimeProvider.System),
            _ => throw new ArgumentException("No place.", nameof(mapping)),
        };
        using AwsClients clients = TestTargets.Clients(TimeProvider.System);
        return await new SendDeadLetters(clients, origin, TimeProvider.System, new Random(1)).SendAsync(target, mapping, group, lost.Length, long.MaxValue, _time.Token);
    }

    /// <summary>The places of these tests, for those that bury.</summary>
    private sealed class Here(SendDeadLettersTests tests) : IDeadLetters
    {
        public Task<Receipt> SendAsync(Mapping mapping, RecordGroup group, IReadOnlyList<Undelivered> undelivered, long memory, CancellationToken cancellationToken) =>
            tests.SendAsync(mapping, group, [.. undelivered], UndeliveredRecords.Origin);
    }

    private AwsClientConfig Config(AwsService service, string? region = null) => new(service, region ?? "us-east-1", _endpoint ?? _cloud.Endpoint);
}
