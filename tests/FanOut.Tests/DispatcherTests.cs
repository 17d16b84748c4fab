using System.Collections.Concurrent;
using System.Text;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Metrics;
using FanOut.Engine.Progress;
using FanOut.Engine.Templates;
using FanOut.LocalCloud.Http;
using FanOut.Tests.Targets;
using FanOut.Tests.Templates;

namespace FanOut.Tests;

/// <summary>The whole story against MQTT topics on this machine: one Publish per record, so that each can be refused by itself.</summary>
public sealed class DispatcherTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _published = [];
    private readonly TaskCompletionSource _quick = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpServer _server;
    private readonly TargetFactory _targets = TestTargets.Factory(TimeProvider.System);

    public DispatcherTests() => _server = HttpServer.Start((request, cancellationToken) =>
    {
        if (request.Path.Contains("slow", StringComparison.Ordinal))
        {
            return new TaskCompletionSource<HttpResponse>().Task.WaitAsync(cancellationToken);
        }

        if (request.Text.Contains("denied", StringComparison.Ordinal))
        {
            return Task.FromResult(HttpResponse.Text(403, "application/json", "{\"message\":\"Forbidden\"}"));
        }

        if (request.Text.Contains("rejected", StringComparison.Ordinal))
        {
            return Task.FromResult(HttpResponse.Text(400, "application/json", "{\"code\":\"InvalidRequestException\",\"message\":\"bad payload\"}"));
        }

        if (request.Path.Contains("quick", StringComparison.Ordinal))
        {
            _quick.TrySetResult();
        }

        _published.Enqueue($"{request.Path} {request.Text}");
        return Task.FromResult(HttpResponse.Text(200, "application/json", "{\"message\":\"OK\"}"));
    });

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _targets.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Undecodable_oversize_and_rejected_records_fail_with_their_reasons_and_all_others_arrive()
    {
        Mapping mapping = Topic("a") with { Deaggregate = true, MaxItemBytes = 50 };

        GroupResult group = await DispatchOneAsync(
            [mapping], Kinesis("first"), LambdaEvent.Kinesis(KplAggregate.Seal([0x0A])), Kinesis("second"), Kinesis(new string('x', 51)), Kinesis("rejected"), Kinesis("third"));

        Assert.Equal([1, 3, 4], group.Failed);
        Assert.Equal(["/topics/a first", "/topics/a second", "/topics/a third"], _published.Order());
        Outcome outcome = Assert.Single(group.Outcomes);
        Assert.Equal(3, outcome.Delivered);
        Assert.Equal(
            [(FailureClass.Undecodable, "Undecodable"), (FailureClass.Oversize, "Oversize"), (FailureClass.PermanentItem, "InvalidRequestException")],
            outcome.Failures.Keys.OrderBy(k => k.Class));
        Assert.Contains("bad payload", outcome.Failures[(FailureClass.PermanentItem, "InvalidRequestException")].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_fails_alone()
    {
        string unread = Kinesis("unread").Replace("\"sequenceNumber\":", "\"number\":", StringComparison.Ordinal);

        GroupResult group = await DispatchOneAsync([Topic("a"), Topic("b")], unread, Kinesis("first"), "null", Kinesis("second"), unread);

        Assert.Equal([0, 2, 4], group.Failed);
        Assert.Equal([null, 1, 3], group.Failed.Select(group.ToldBy));
        Assert.Equal(["/topics/a first", "/topics/a second", "/topics/b first", "/topics/b second"], _published.Order());
        Assert.Equal((3, "The record cannot be read: it has no sequenceNumber."), group.Outcomes[0].Failures[(FailureClass.Undecodable, "UnreadableRecord")]);
    }

    [Fact]
    public async Task What_follows_a_record_without_its_image_under_its_key_waits_with_it_where_order_is_kept()
    {
        const string First = """{"id":{"S":"first"}}""", Other = """{"id":{"S":"other"}}""";
        Mapping mapping = Topic("a") with { Parallel = false, SourceArn = LambdaEvent.Table };

        GroupResult group = await DispatchOneAsync(
            [mapping], LambdaEvent.Dynamo("INSERT", First, null, null, "1"), LambdaEvent.Dynamo("REMOVE", First, null, null, "2"), LambdaEvent.Dynamo("INSERT", Other, Other, null, "3"));

        Assert.Equal([0, 1], group.Failed);
        Assert.Equal(["/topics/a " + Other], _published);
    }

    [Fact]
    public async Task A_record_that_holds_nothing_is_done_and_counted()
    {
        byte[] hollow = new KplAggregate().PartitionKey("a").Sealed();

        DispatchResult result = await DispatchAsync(
            _ => Task.FromResult(new MappingSet([Topic("a") with { Deaggregate = true, Filter = Filter("""{"partitionKey":["k"]}""") }], [])), Kinesis("first"), LambdaEvent.Kinesis(hollow));

        GroupResult group = Assert.Single(result.Groups);
        Assert.Empty(group.Failed);
        Assert.Equal((1L, 1, 0), (group.Outcomes[0].Delivered, group.Outcomes[0].Empty, group.Outcomes[0].Filtered));
        Assert.Equal(1, Assert.Single(MeasureBatch.Of(result, "f"), static d => d.MetricName == "Empty").Sum);
    }

    [Fact]
    public async Task What_CloudWatch_Logs_sends_to_see_whether_it_arrives_is_done_and_counted_and_its_log_events_come_again_one_by_one()
    {
        var progress = new MemoryProgress();
        byte[] control = "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"id\":\"\",\"message\":\"CWL CONTROL MESSAGE\"}]}"u8.ToArray(), logs = Gzip.LogEvents(Gzip.LogEvent("e1", "rejected"), Gzip.LogEvent("e2", "fine"));
        byte[] json = LambdaEvent.Of(LambdaEvent.Kinesis(Gzip.Of(control), sequenceNumber: "1"), LambdaEvent.Kinesis(Gzip.Of(logs), sequenceNumber: "2"), LambdaEvent.Kinesis(Gzip.Of(logs).AsSpan()[..^2], sequenceNumber: "3"));
        Dispatcher dispatcher = With(new DeliveryOptions { ReportsItems = true }, [Topic("a") with { Unpack = Unpack.CloudWatchLogs, Transform = Transform("<data.message>", "a") }], progress);

        GroupResult first = Assert.Single((await dispatcher.DispatchAsync(json, TestContext.Current.CancellationToken)).Groups);
        GroupResult second = Assert.Single((await dispatcher.DispatchAsync(json, TestContext.Current.CancellationToken)).Groups);

        Assert.Equal(["/topics/a fine"], _published);
        Assert.Equal([1, 2], first.Failed);
        Assert.Equal([1, 2], second.Failed);
        Assert.Equal((1L, 1), (first.Outcomes[0].Delivered, first.Outcomes[0].Empty));
        Assert.Equal([(FailureClass.Undecodable, "Undecodable"), (FailureClass.PermanentItem, "InvalidRequestException")], first.Outcomes[0].Failures.Keys.OrderBy(static k => k.Class));
    }

    [Fact]
    public async Task An_aggregate_is_delivered_only_when_all_of_its_records_are()
    {
        byte[] aggregate = new KplAggregate().PartitionKey("a").Record(0, null, "one"u8.ToArray()).Record(0, null, "rejected"u8.ToArray()).Sealed();

        GroupResult group = await DispatchOneAsync([Topic("a") with { Deaggregate = true }], LambdaEvent.Kinesis(aggregate), Kinesis("plain"));

        Assert.Equal([0], group.Failed);
        Assert.Equal((2, 1), (group.Outcomes[0].Delivered, group.Outcomes[0].Failures.Values.Sum(f => f.Count)));
    }

    [Fact]
    public async Task A_filter_keeps_records_back_which_are_done_counted_and_not_failed()
    {
        Mapping filtered = Topic("a") with { Filter = Filter("""{"data":{"n":[{"numeric":[">",1]}]}}"""), Deaggregate = true };

        DispatchResult result = await DispatchAsync(
            _ => Task.FromResult(new MappingSet([filtered, Topic("b"), filtered with { Id = "none", Filter = Filter("""{"partitionKey":["nobody"]}""") }], [])),
            Kinesis("{}"), Kinesis("{\"n\":2}"), Kinesis("no JSON"), Kinesis("{\"n\":3}"));

        Assert.Empty(result.Groups[0].Failed);
        Assert.Equal(["/topics/a {\"n\":2}", "/topics/a {\"n\":3}"], _published.Where(static p => p.StartsWith("/topics/a", StringComparison.Ordinal)).Order());
        Assert.Equal(6, _published.Count);
        Assert.Equal([(2L, 2), (4L, 0), (0L, 4)], result.Groups[0].Outcomes.Select(static o => (o.Delivered, o.Filtered)));
        Assert.Equal([2, 0, 4], MeasureBatch.Of(result, "f").Where(static d => d.MetricName == "Filtered").Select(static d => d.Sum));
    }

    [Fact]
    public async Task Each_target_gets_what_its_own_transform_makes_of_the_records_and_what_it_can_make_nothing_of_fails_at_it_alone()
    {
        byte[] aggregate = new KplAggregate().PartitionKey("k").Record(0, null, [.. "{\"n\":1}"u8]).Record(0, null, [.. "no JSON"u8]).Sealed();
        Mapping shaped = Topic("a") with { Deaggregate = true, Transform = Transform("{\"n\": <data.n>, \"at\": <fanout.sequenceNumber>}", "a") };
        Mapping named = Topic("b") with { Deaggregate = true, Transform = Transform("<fanout.mapping>", "b") };
        var dead = new MemoryDeadLetters();

        GroupResult group = await DispatchOneAsync(
            With(new DeliveryOptions(), [shaped, named, named with { Id = "c", Transform = Transform("<fanout.mapping>", "c") }, Topic("d")], null, dead), [LambdaEvent.Kinesis(aggregate, sequenceNumber: "7")]);

        Assert.Equal([0], group.Failed);
        Assert.Equal(
            ["/topics/a {\"n\":1,\"at\":\"7\"}", "/topics/b b", "/topics/b b", "/topics/b c", "/topics/b c"],
            _published.Where(static p => !p.StartsWith("/topics/d", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal([1L, 2, 2, 1], group.Outcomes.Select(static o => o.Delivered));
        Assert.Equal((FailureClass.Undecodable, "NotJson"), Assert.Single(group.Outcomes[0].Failures.Keys));
    }

    [Fact]
    public async Task A_target_that_throws_does_not_harm_the_others()
    {
        Mapping broken = Topic("a") with { Id = "broken", Destination = TestTargets.Mapping(TargetType.Firehose).Destination };

        GroupResult group = await DispatchOneAsync([Topic("a"), broken, Topic("b")], Kinesis("first"), Kinesis("second"));

        Assert.Equal(4, _published.Count);
        Assert.Equal([true, false, true], group.Outcomes.Select(o => !o.IsFailed(0) && !o.IsFailed(1)));
        Assert.Equal(2, group.Outcomes[1].CountOf(FailureClass.PermanentTarget));
        Assert.Equal([0, 1], group.Failed);
    }

    [Fact]
    public async Task Mappings_that_are_not_active_get_nothing_and_harm_nobody()
    {
        GroupResult group = await DispatchOneAsync([Topic("a"), Topic("b") with { Active = false }], Kinesis("first"));

        Assert.Equal(["/topics/a first"], _published);
        Assert.Empty(group.Failed);
    }

    [Fact]
    public async Task An_active_mapping_that_is_invalid_fails_all_records_though_the_others_are_delivered()
    {
        var set = new MappingSet([Topic("a")], [new InvalidMapping(LambdaEvent.Stream, "bad", "why", Active: true)]);
        GroupResult group = Assert.Single((await DispatchAsync(_ => Task.FromResult(set), Kinesis("first"), Kinesis("second"))).Groups);

        Assert.Equal(2, _published.Count);
        Assert.Equal([0, 1], group.Failed);
        Assert.Equal("bad", Assert.Single(group.Invalid).Id);
    }

    [Fact]
    public async Task An_invalid_mapping_that_is_not_active_fails_nothing()
    {
        var set = new MappingSet([Topic("a")], [new InvalidMapping(LambdaEvent.Stream, "bad", "why", Active: false)]);
        Assert.False((await DispatchAsync(_ => Task.FromResult(set), Kinesis("first"))).HasFailures);
    }

    [Fact]
    public async Task Mappings_that_cannot_be_read_fail_all_records_of_their_source_only()
    {
        DispatchResult result = await DispatchAsync(
            arn => arn == LambdaEvent.Stream
                ? Task.FromException<MappingSet>(new MappingsUnavailableException("table", arn, new IOException("away")))
                : Task.FromResult(new MappingSet([Topic("a")], [])),
            Kinesis("first"), Kinesis("second"), LambdaEvent.Sns("message"));

        Assert.Equal([0, 1], result.Groups[0].Failed);
        Assert.Empty(result.Groups[1].Failed);
        Assert.Equal(["/topics/a message"], _published);
        Assert.True(result.ReportsItems);
    }

    [Fact]
    public async Task Mappings_that_are_not_read_in_time_are_told_as_that()
    {
        using var ended = new CancellationTokenSource();
        var dispatcher = new Dispatcher(new MappingCache(new Source(_ => new TaskCompletionSource<MappingSet>().Task), TimeSpan.Zero, TimeProvider.System), _targets, new DeliveryOptions(), TimeProvider.System, new Random(1));
        Task<DispatchResult> running = dispatcher.DispatchAsync(LambdaEvent.Of(Kinesis("first")), ended.Token);
        await ended.CancelAsync();

        GroupResult group = Assert.Single((await running).Groups);

        Assert.Equal([0], group.Failed);
        Assert.StartsWith($"The mappings of {LambdaEvent.Stream} had not been read when the invocation's time was up", group.Unavailable!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_source_gets_its_own_mappings()
    {
        await DispatchAsync(arn => Task.FromResult(new MappingSet([Topic(arn == LambdaEvent.Stream ? "stream" : "topic")], [])), Kinesis("first"), LambdaEvent.Sns("message"));

        Assert.Equal(["/topics/stream first", "/topics/topic message"], _published.Order());
    }

    [Fact]
    public async Task An_event_of_nobody_is_refused() =>
        await Assert.ThrowsAsync<InvalidEventException>(() => DispatchAsync(_ => Task.FromResult(new MappingSet([], [])), "{}"));

    [Fact]
    public async Task What_was_delivered_is_not_sent_again_when_the_batch_comes_again()
    {
        var progress = new MemoryProgress();
        Mapping rejecting = Topic("a"), healthy = Topic("b") with { Deaggregate = true };
        string[] records = ["first", "rejected", "third", "fourth"];
        string[] Numbered(int from) => [.. records.Select((r, i) => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(r), sequenceNumber: $"{i}")).Skip(from)];

        Dispatcher dispatcher = With(new DeliveryOptions { ReportsItems = true }, [rejecting, healthy], progress);
        GroupResult group = Assert.Single((await dispatcher.DispatchAsync(LambdaEvent.Of(Numbered(0)), TestContext.Current.CancellationToken)).Groups);
        _published.Clear();
        int failed = Assert.Single(group.Failed);
        GroupResult again = Assert.Single((await dispatcher.DispatchAsync(LambdaEvent.Of(Numbered(failed)), TestContext.Current.CancellationToken)).Groups);

        Assert.Equal(1, failed);
        Assert.Empty(_published);
        Assert.Equal([0], again.Failed);
        Assert.Equal([2, 2], again.Outcomes.Select(o => o.Before));
    }

    [Fact]
    public async Task A_topics_message_that_comes_again_is_not_sent_to_the_targets_that_have_it()
    {
        var progress = new MemoryProgress();
        Dispatcher dispatcher = With(new DeliveryOptions { ReportsItems = true }, [Topic("a") with { MaxItemBytes = 5 }, Topic("b")], progress);
        byte[] message = LambdaEvent.Of(LambdaEvent.Sns("too long"));

        GroupResult group = Assert.Single((await dispatcher.DispatchAsync(message, TestContext.Current.CancellationToken)).Groups);
        GroupResult again = Assert.Single((await dispatcher.DispatchAsync(message, TestContext.Current.CancellationToken)).Groups);

        Assert.Equal([0, 0], group.Failed.Concat(again.Failed));
        Assert.Equal(["/topics/b too long"], _published);
        Assert.Equal([0, 1], again.Outcomes.Select(static o => o.Before));
    }

    [Fact]
    public async Task Of_an_aggregate_only_what_failed_comes_again_so_that_no_older_value_follows_a_newer_one()
    {
        var progress = new MemoryProgress();
        byte[] aggregate = new KplAggregate().PartitionKey("k1").PartitionKey("k2").Record(0, null, "rejected"u8.ToArray()).Record(1, null, "old"u8.ToArray()).Sealed();
        byte[] json = LambdaEvent.Of(LambdaEvent.Kinesis(aggregate, sequenceNumber: "1"), LambdaEvent.Kinesis("new"u8.ToArray(), "k2", "2"));
        Dispatcher dispatcher = With(new DeliveryOptions { ReportsItems = true }, [Topic("a") with { Deaggregate = true, Parallel = false }], progress);

        for (int attempt = 0; attempt < 3; attempt++)
        {
            GroupResult group = Assert.Single((await dispatcher.DispatchAsync(json, TestContext.Current.CancellationToken)).Groups);
            Assert.Equal([0], group.Failed);
        }

        Assert.Equal(["/topics/a old", "/topics/a new"], _published);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_filter_left_out_is_sent_when_the_filter_has_changed_and_what_was_delivered_is_not_sent_again(bool isAggregate)
    {
        var progress = new MemoryProgress();
        Mapping strict = Topic("a") with { Filter = Filter("""{"data":{"n":[2]}}"""), Deaggregate = true }, open = strict with { Filter = null };
        byte[] one = "{\"n\":1}"u8.ToArray(), two = "{\"n\":2}"u8.ToArray();
        string[] records = isAggregate
            ? [LambdaEvent.Kinesis(new KplAggregate().PartitionKey("k").Record(0, null, one).Record(0, null, two).Sealed(), sequenceNumber: "1")]
            : [LambdaEvent.Kinesis(one, sequenceNumber: "1"), LambdaEvent.Kinesis(two, sequenceNumber: "2")];
        byte[] json = LambdaEvent.Of([.. records, LambdaEvent.Kinesis("rejected"u8.ToArray(), sequenceNumber: "3")]);

        await With(new DeliveryOptions(), [strict, Topic("b")], progress).DispatchAsync(json, TestContext.Current.CancellationToken);
        await With(new DeliveryOptions(), [open, Topic("b")], progress).DispatchAsync(json, TestContext.Current.CancellationToken);

        Assert.Equal(["/topics/a {\"n\":2}", "/topics/a {\"n\":1}"], _published.Where(static p => p.StartsWith("/topics/a", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_the_whole_batch_comes_again_so_does_the_note()
    {
        var progress = new MemoryProgress();
        Dispatcher dispatcher = With(new DeliveryOptions(), [Topic("a"), Topic("b")], progress);
        byte[] json = LambdaEvent.Of(Kinesis("first"), LambdaEvent.Kinesis("rejected"u8.ToArray(), sequenceNumber: "50"));

        await dispatcher.DispatchAsync(json, TestContext.Current.CancellationToken);
        await dispatcher.DispatchAsync(json, TestContext.Current.CancellationToken);

        Assert.Equal(["/topics/a first", "/topics/b first"], _published.Order());
    }

    [Theory]
    [InlineData(OnFailure.Block, new[] { 1, 2, 3, 4 })]
    [InlineData(OnFailure.DeadLetter, new int[0])]
    public async Task What_cannot_be_delivered_goes_to_the_dead_letter_where_the_mapping_has_one(OnFailure onFailure, int[] failed)
    {
        var dead = new MemoryDeadLetters();
        Mapping mapping = Topic("a") with { Deaggregate = true, MaxItemBytes = 50, OnFailure = onFailure };
        byte[] aggregate = new KplAggregate().PartitionKey("a").Record(0, null, "one"u8.ToArray()).Record(0, null, "rejected"u8.ToArray()).Sealed();

        GroupResult group = await DispatchOneAsync(
            dead, mapping, Kinesis("first"), LambdaEvent.Kinesis(KplAggregate.Seal([0x0A])), Kinesis(new string('x', 51)), Kinesis("rejected"), LambdaEvent.Kinesis(aggregate));

        Assert.Equal(failed, group.Failed);
        Assert.Equal(failed.Length == 0 ? ["1 Undecodable", "2 Oversize", "3 PermanentItem", "4 PermanentItem"] : [], dead.Taken.Select(u => $"{u.Record} {u.Failure.Class}").Order());
        Assert.Equal(dead.Taken.Count, group.Outcomes[0].DeadLettered);
        Assert.Equal(2, group.Outcomes[0].Delivered);
    }

    [Fact]
    public async Task A_dead_letter_that_fails_too_is_a_failure_of_the_record()
    {
        var dead = new MemoryDeadLetters { Refuse = 0 };
        GroupResult group = await DispatchOneAsync(dead, Topic("a") with { OnFailure = OnFailure.DeadLetter }, Kinesis("rejected"), Kinesis("fine"), Kinesis("rejected"));

        Assert.Contains(Assert.Single(group.Failed), new[] { 0, 2 });
        Assert.Equal(1, group.Outcomes[0].DeadLettered);
        Assert.Contains(group.Outcomes[0].Failures, f => f.Key.Code == "DeadLetter");
    }

    [Fact]
    public async Task A_dead_letter_that_throws_fails_the_records_and_nothing_else()
    {
        var dead = new MemoryDeadLetters { Refuse = null };
        GroupResult group = await DispatchOneAsync(dead, Topic("a") with { OnFailure = OnFailure.DeadLetter }, Kinesis("rejected"), Kinesis("fine"));

        Assert.Equal([0], group.Failed);
        Assert.Equal(["/topics/a fine"], _published);
    }

    [Theory]
    [InlineData("same", 0)]
    [InlineData("turned", 1)]
    [InlineData("switched off", 1)]
    [InlineData("gone", 1)]
    [InlineData("unreadable", 1)]
    [InlineData("old copy", 1)]
    public async Task Records_are_given_up_only_if_the_mapping_is_still_the_one_that_was_denied(string now, int failed)
    {
        var dead = new MemoryDeadLetters();
        Mapping mapping = Topic("a") with { OnFailure = OnFailure.DeadLetter };
        int reads = 0;
        var source = new Source(_ => reads++ == 0 ? Task.FromResult(new MappingSet([mapping], [])) : now switch
        {
            "turned" => Task.FromResult(new MappingSet([mapping with { Destination = Topic("b").Destination }], [])),
            "switched off" => Task.FromResult(new MappingSet([mapping with { Active = false }], [])),
            "gone" => Task.FromResult(new MappingSet([], [])),
            "unreadable" => Task.FromException<MappingSet>(new MappingsUnavailableException("fanoutTargets", "The table is away.", new IOException())),
            "old copy" => Task.FromResult(new MappingSet([mapping], []) { Stale = new IOException("The table is away.") }),
            _ => Task.FromResult(new MappingSet([mapping], [])),
        });
        var dispatcher = new Dispatcher(source, _targets, new DeliveryOptions(), TimeProvider.System, new Random(1)) { DeadLetters = dead };

        GroupResult group = await DispatchOneAsync(dispatcher, [Kinesis("denied")]);

        Assert.Equal((2, failed, 1 - failed), (reads, group.Failed.Count, dead.Taken.Count));
        Assert.Equal(failed == 1, group.Outcomes[0].Failures.Any(static f => f.Key.Code == "MappingChanged"));
    }

    [Fact]
    public async Task What_is_the_record_s_own_fault_is_given_up_without_another_look()
    {
        var dead = new MemoryDeadLetters();
        int reads = 0;
        Mapping mapping = Topic("a") with { OnFailure = OnFailure.DeadLetter };
        var source = new Source(_ => Task.FromResult(new MappingSet(++reads == 1 ? [mapping] : [], [])));

        await DispatchOneAsync(new Dispatcher(source, _targets, new DeliveryOptions(), TimeProvider.System, new Random(1)) { DeadLetters = dead }, [Kinesis("rejected")]);

        Assert.Equal((1, 1), (reads, dead.Taken.Count));
    }

    [Fact]
    public async Task A_target_that_cannot_be_made_sends_its_records_to_the_dead_letter()
    {
        var dead = new MemoryDeadLetters();
        Mapping broken = Topic("a") with { Destination = TestTargets.Mapping(TargetType.Firehose).Destination, OnFailure = OnFailure.DeadLetter };

        GroupResult group = await DispatchOneAsync(dead, broken, Kinesis("first"), Kinesis("second"));

        Assert.Empty(group.Failed);
        Assert.Equal([0, 1], dead.Taken.Select(u => u.Record));
    }

    [Theory]
    [InlineData(false, new int[0])]
    [InlineData(true, new[] { 0, 1 })]
    public async Task A_source_without_a_mapping_is_a_failure_only_where_one_is_required(bool required, int[] failed)
    {
        Dispatcher dispatcher = With(new DeliveryOptions { RequireTargets = required }, [Topic("a") with { Active = false }]);

        GroupResult group = Assert.Single((await dispatcher.DispatchAsync(LambdaEvent.Of(Kinesis("first"), Kinesis("second")), TestContext.Current.CancellationToken)).Groups);

        Assert.True(group.IsUnmapped);
        Assert.Equal(failed, group.Failed);
    }

    [Theory]
    [InlineData("fine", 0)]
    [InlineData("rejected", 0)]
    [InlineData("denied", 1)]
    public async Task A_target_out_of_reach_for_good_makes_the_mappings_doubtful(string data, int doubts)
    {
        var source = new Source(_ => Task.FromResult(new MappingSet([Topic("a")], [])));
        await new Dispatcher(source, _targets, new DeliveryOptions(), TimeProvider.System, new Random(1)).DispatchAsync(LambdaEvent.Of(Kinesis(data)), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Repeat(LambdaEvent.Stream, doubts), source.Doubted);
    }

    [Fact]
    public async Task Slow_targets_do_not_keep_the_others_from_their_turn()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        Mapping[] all = [.. Enumerable.Range(0, 3).Select(i => Topic($"slow{i}")), Topic("quick")];
        var dispatcher = new Dispatcher(new Source(_ => Task.FromResult(new MappingSet(all, []))), _targets, new DeliveryOptions { ParallelTargets = 2 }, time, new Random(1));
        using var ended = new CancellationTokenSource();

        Task<DispatchResult> running = dispatcher.DispatchAsync(LambdaEvent.Of(Kinesis("first")), ended.Token);
        time.Advance(TimeSpan.FromMinutes(5));
        await _quick.Task.WaitAsync(TestContext.Current.CancellationToken);
        await ended.CancelAsync();
        GroupResult group = Assert.Single((await running).Groups);
        Assert.All(group.Outcomes.Take(3), o => Assert.True(o.IsFailed(0)));
    }

    private Task<GroupResult> DispatchOneAsync(MemoryDeadLetters dead, Mapping mapping, params string[] records) => DispatchOneAsync(With(new DeliveryOptions(), [mapping], null, dead), records);

    private static async Task<GroupResult> DispatchOneAsync(Dispatcher dispatcher, string[] records) =>
        Assert.Single((await dispatcher.DispatchAsync(LambdaEvent.Of(records), TestContext.Current.CancellationToken)).Groups);

    private Dispatcher With(DeliveryOptions options, Mapping[] mappings, MemoryProgress? progress = null, MemoryDeadLetters? dead = null) =>
        new(new Source(_ => Task.FromResult(new MappingSet(mappings, []))), _targets, options, TimeProvider.System, new Random(1)) { Progress = progress, DeadLetters = dead };

    private static RecordFilter Filter(string text) =>
        RecordFilter.TryParse(text, SourceKind.Kinesis, out RecordFilter? filter, out string? problem) ? filter : throw new InvalidOperationException(problem);

    private static RecordTransform Transform(string template, string id) =>
        RecordTransform.TryParse(TransformRecords.Text(template), SourceKind.Kinesis, LambdaEvent.Stream, id, out RecordTransform? transform, out string? problem) ? transform : throw new InvalidOperationException(problem);

    private static string Kinesis(string data) => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(data));

    private Mapping Topic(string topic) => TestTargets.Mapping(TargetType.Iot, $"{_server.Endpoint.AbsoluteUri.TrimEnd('/')}#{topic}", topic) with { Collapse = Collapse.None };

    [Fact]
    public async Task Payloads_are_made_while_the_answer_on_progress_is_on_its_way()
    {
        TaskCompletionSource<BatchProgress> answer = new();
        Watched watched = new(_targets);
        var dispatcher = new Dispatcher(
            new Source(_ => Task.FromResult(new MappingSet([Topic("a"), Topic("broken"), Topic("b")], []))), watched, new DeliveryOptions(), TimeProvider.System, new Random(1))
        {
            Progress = new Slow(answer.Task),
        };

        Task<DispatchResult> dispatching = dispatcher.DispatchAsync(LambdaEvent.Of(Kinesis("first")), TestContext.Current.CancellationToken);
        string[] before = [.. watched.Asked];
        Assert.False(dispatching.IsCompleted);
        Assert.Empty(_published);
        answer.SetResult(BatchProgress.None);
        GroupResult group = Assert.Single((await dispatching).Groups);

        Assert.Equal(["a", "broken", "b"], before);
        Assert.Equal(["/topics/a first", "/topics/b first"], _published.Order());
        Assert.Equal([(FailureClass.PermanentTarget, "InvalidOperationException")], group.Outcomes[1].Failures.Keys);
    }

    private async Task<GroupResult> DispatchOneAsync(Mapping[] mappings, params string[] records) =>
        Assert.Single((await DispatchAsync(_ => Task.FromResult(new MappingSet(mappings, [])), records)).Groups);

    private Task<DispatchResult> DispatchAsync(Func<string, Task<MappingSet>> read, params string[] records) =>
        new Dispatcher(new Source(read), _targets, new DeliveryOptions(), TimeProvider.System, new Random(1))
            .DispatchAsync(LambdaEvent.Of(records), TestContext.Current.CancellationToken);

    private sealed class Source(Func<string, Task<MappingSet>> read) : IMappingSource
    {
        public List<string> Doubted { get; } = [];

        public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) => read(sourceArn);

        public void Invalidate(string sourceArn) => Doubted.Add(sourceArn);
    }

    private sealed class Watched(ITargetSource targets) : ITargetSource
    {
        public List<string> Asked { get; } = [];

        public ActiveTarget TargetOf(Mapping mapping)
        {
            lock (Asked)
            {
                Asked.Add(mapping.Id);
            }

            return mapping.Id == "broken" ? throw new InvalidOperationException("It cannot be made.") : targets.TargetOf(mapping);
        }

        public Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings) => targets.KeepOnlyAsync(sourceArn, mappings);
    }

    private sealed class Slow(Task<BatchProgress> answer) : IProgressStore
    {
        public Task<BatchProgress> ReadAsync(RecordGroup group, CancellationToken cancellationToken) => answer;

        public Task<string?> WriteAsync(RecordGroup group, int first, IReadOnlyList<Outcome> outcomes, BatchProgress before, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
