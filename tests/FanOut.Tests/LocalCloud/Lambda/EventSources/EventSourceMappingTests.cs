using System.Collections.Concurrent;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Streams;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

public sealed class EventSourceMappingTests
{
    private const int Timeout = 60_000;
    private const string FunctionArn = "arn:aws:lambda:eu-central-1:000000000000:function:fanout";

    private readonly ConcurrentQueue<DiscardedBatch> _discarded = new();
    private readonly SteppedTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task Records_come_in_order_in_batches_of_the_size_set()
    {
        var function = new ScriptedFunction(_ => ScriptedFunction.Success());

        var progress = await RunAsync(Shards.Stream(25), function, new() { BatchSize = 10 });

        Assert.Equal("1-10 11-20 21-25", function.Story);
        Assert.Equal(new ShardProgress("shardId-000000000000", 25, 0, "OK"), Assert.Single(progress.Shards));
        Assert.Equal(("OK", 3, 0, 25, 0), Counts(progress));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stream_without_records_invokes_nothing()
    {
        var progress = await RunAsync(Shards.Stream(0), new ScriptedFunction(_ => ScriptedFunction.Success()), new());

        Assert.Equal(("No records processed", 0, 0, 0, 0), Counts(progress));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_failed_batch_is_sent_again_as_it_was_until_its_quota_is_used_up()
    {
        var function = new ScriptedFunction(numbers => numbers.Contains(5) ? ScriptedFunction.Failure() : ScriptedFunction.Success());

        var progress = await RunAsync(Shards.Stream(9), function, new() { BatchSize = 3, MaximumRetryAttempts = 2 });

        Assert.Equal("1-3 4-6 4-6 4-6 7-9", function.Story);
        Assert.Equal(("OK", 5, 2, 6, 3), Counts(progress));
        var discarded = Assert.Single(_discarded);
        Assert.Equal(("RetryAttemptsExhausted", 3, 3, "4", "6"), (discarded.Condition, discarded.ApproximateInvokeCount,
            discarded.BatchSize, discarded.StartSequenceNumber, discarded.EndSequenceNumber));
        Assert.Equal(("request-4", "Unhandled", FunctionArn), (discarded.RequestId, discarded.FunctionError, discarded.FunctionArn));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_poison_record_is_isolated_by_bisecting_and_the_others_succeed_exactly_once()
    {
        var succeeded = new List<int>();
        var function = new ScriptedFunction(numbers =>
        {
            if (numbers.Contains(6))
            {
                return ScriptedFunction.Failure();
            }

            succeeded.AddRange(numbers);
            return ScriptedFunction.Success();
        });

        await RunAsync(Shards.Stream(10), function, new() { BisectBatchOnFunctionError = true, MaximumRetryAttempts = 1 });

        Assert.Equal("1-10 1-5 6-10 6-7 6 6 7 8-10", function.Story);
        Assert.Equal([1, 2, 3, 4, 5, 7, 8, 9, 10], succeeded);
        Assert.Equal(("6", "6", 1), Extent(Assert.Single(_discarded)));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_lowest_reported_number_is_the_checkpoint_and_what_is_before_it_is_done()
    {
        var function = new ScriptedFunction(numbers => numbers[0] == 1 ? ScriptedFunction.Report(10, 9, 11) : ScriptedFunction.Success());

        var progress = await RunAsync(Shards.Stream(12), function, new() { ReportBatchItemFailures = true });

        Assert.Equal("1-12 9-12", function.Story);
        Assert.Equal(("OK", 2, 1, 12, 0), Counts(progress));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_report_is_not_read_unless_the_mapping_says_so()
    {
        var function = new ScriptedFunction(_ => ScriptedFunction.Report(2));

        var progress = await RunAsync(Shards.Stream(3), function, new());

        Assert.Equal(("OK", 1, 0, 3, 0), Counts(progress));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_record_reported_again_and_again_takes_the_rest_of_its_batch_with_it_without_bisecting()
    {
        var function = new ScriptedFunction(numbers => ReportPoison(numbers, 3));

        await RunAsync(Shards.Stream(5), function, new() { ReportBatchItemFailures = true, MaximumRetryAttempts = 1 });

        Assert.Equal("1-5 3-5 3-5", function.Story);
        Assert.Equal(("3", "5", 3), Extent(Assert.Single(_discarded)));
        Assert.Null(_discarded.Single().FunctionError);
    }

    [Fact(Timeout = Timeout)]
    public async Task With_bisecting_a_report_splits_at_the_checkpoint_and_the_poison_record_is_isolated()
    {
        var function = new ScriptedFunction(numbers => ReportPoison(numbers, 3));

        await RunAsync(
            Shards.Stream(6), function, new() { ReportBatchItemFailures = true, BisectBatchOnFunctionError = true, MaximumRetryAttempts = 0 });

        Assert.Equal("1-6 3-6 3-4 3 4 5-6", function.Story);
        Assert.Equal(("3", "3", 1), Extent(Assert.Single(_discarded)));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_function_that_cannot_be_invoked_is_tried_again_without_using_up_the_quota()
    {
        var refusals = 3;
        var function = new ScriptedFunction(_ => refusals-- > 0 ? throw new InvalidOperationException("throttled") : ScriptedFunction.Success());

        var progress = await RunAsync(Shards.Stream(4), function, new() { MaximumRetryAttempts = 0, BisectBatchOnFunctionError = true });

        Assert.Equal("1-4 1-4 1-4 1-4", function.Story);
        Assert.Equal(("OK", 1, 3, 4, 0), Counts(progress));
    }

    [Fact(Timeout = Timeout)]
    public async Task Waits_between_retries_double_up_to_their_maximum_and_begin_anew_after_progress()
    {
        var answers = new Queue<InvocationResult>([
            ScriptedFunction.Failure(), ScriptedFunction.Failure(), ScriptedFunction.Failure(), ScriptedFunction.Report(2), ScriptedFunction.Failure()]);
        var function = new ScriptedFunction(_ => answers.TryDequeue(out var answer) ? answer : ScriptedFunction.Success());
        var settings = new EventSourceMappingOptions
        {
            ReportBatchItemFailures = true,
            RetryBaseDelay = TimeSpan.FromSeconds(1),
            RetryMaximumDelay = TimeSpan.FromSeconds(3),
        };
        await using var mapping = EventSourceMapping.Start(Shards.Stream(3), function, FunctionArn, settings, _time);

        var waits = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            waits.Add((await _time.StepAsync()).TotalSeconds);
        }

        await mapping.WhenIdleAsync(Token);
        Assert.Equal([1, 2, 3, 1, 2], waits);
    }

    [Fact(Timeout = Timeout)]
    public async Task Records_older_than_the_maximum_age_are_discarded_and_younger_ones_delivered()
    {
        var stream = Shards.Stream(0);
        stream.Shards[0].Append(1, 2, Shards.Epoch.AddSeconds(-61));
        stream.Shards[0].Append(3, 2, Shards.Epoch.AddSeconds(-60));
        var function = new ScriptedFunction(_ => ScriptedFunction.Success());

        var progress = await RunAsync(stream, function, new() { MaximumRecordAge = TimeSpan.FromSeconds(60) });

        Assert.Equal("3-4", function.Story);
        Assert.Equal(("OK", 1, 0, 2, 2), Counts(progress));
        Assert.Equal(("1", "2", 2), Extent(Assert.Single(_discarded)));
        Assert.Equal(("RecordAgeExceeded", 0), (_discarded.Single().Condition, _discarded.Single().ApproximateInvokeCount));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_batch_that_grows_too_old_while_it_fails_is_discarded()
    {
        var function = new ScriptedFunction(_ => ScriptedFunction.Failure());
        var settings = Quick(new() { MaximumRecordAge = TimeSpan.FromSeconds(60) }) with { RetryBaseDelay = TimeSpan.FromSeconds(61) };
        settings = settings with { RetryMaximumDelay = TimeSpan.FromSeconds(61) };
        await using var mapping = EventSourceMapping.Start(Shards.Stream(2), function, FunctionArn, settings, _time);

        await _time.StepAsync();
        await mapping.WhenIdleAsync(Token);

        Assert.Equal("1-2", function.Story);
        Assert.Equal("RecordAgeExceeded", Assert.Single(_discarded).Condition);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_record_too_large_for_an_event_is_discarded_and_blocks_nothing()
    {
        var stream = Shards.Stream(1);
        stream.Shards[0].Append(Shards.Record(2, size: LambdaLimits.SynchronousRequest));
        stream.Shards[0].Append(Shards.Record(3));
        var function = new ScriptedFunction(_ => ScriptedFunction.Success());

        await RunAsync(stream, function, new());

        Assert.Equal("1 3", function.Story);
        Assert.Equal(("2", "2", 1), Extent(Assert.Single(_discarded)));
    }

    [Fact(Timeout = Timeout)]
    public async Task One_batch_is_in_flight_per_shard_and_shards_do_not_wait_for_each_other()
    {
        var blocked = new TaskCompletionSource<InvocationResult>();
        var second = new EventShard("shardId-000000000001");
        second.Append(101, 3);
        var stream = new EventStream(Shards.KinesisArn, [.. Shards.Stream(3).Shards, second]);
        var secondDone = new TaskCompletionSource();
        var function = new ScriptedFunction(numbers =>
        {
            if (numbers[0] == 103)
            {
                secondDone.SetResult();
            }

            return numbers[0] == 1 ? blocked.Task : Task.FromResult(ScriptedFunction.Success());
        });
        await using var mapping = EventSourceMapping.Start(stream, function, FunctionArn, Quick(new() { BatchSize = 1 }), _time);

        await secondDone.Task;
        Assert.DoesNotContain(function.Events, numbers => numbers[0] is 2 or 3);
        blocked.SetResult(ScriptedFunction.Success());
        await mapping.WhenIdleAsync(Token);

        Assert.Equal([1, 2, 3], function.Events.Select(numbers => numbers[0]).Where(number => number < 100));
    }

    [Fact(Timeout = Timeout)]
    public async Task With_a_parallelization_factor_buckets_run_beside_each_other_and_a_key_stays_in_order()
    {
        var blocked = new TaskCompletionSource<InvocationResult>();
        var function = new ScriptedFunction(numbers =>
            numbers.Contains(1) ? blocked.Task : Task.FromResult(ScriptedFunction.Success()));
        var stream = Shards.Stream(70);
        await using var mapping = EventSourceMapping.Start(
            stream, function, FunctionArn, Quick(new() { ParallelizationFactor = 10, BatchSize = 2 }), _time);

        // All other keys' records are delivered while key 1's first batch hangs; the shard's checkpoint stays at the first.
        var blockedBucket = Bucket(stream.Shards[0].Read(0, 1)[0]);
        var others = stream.Shards[0].Read(0, 70).Count(record => Bucket(record) != blockedBucket);
        while (mapping.Progress.Delivered < others)
        {
            await Task.Yield();
        }

        Assert.Equal(0, mapping.Progress.Shards[0].Checkpoint);
        blocked.SetResult(ScriptedFunction.Success());
        await mapping.WhenIdleAsync(Token);

        Assert.Equal(70, mapping.Progress.Shards[0].Checkpoint);
        var arrived = function.Events.SelectMany(numbers => numbers).ToArray();
        Assert.Equal(Enumerable.Range(1, 70), arrived.Order());
        Assert.All(arrived.GroupBy(number => number % 7), key => Assert.Equal(key.Order(), key));

        static int Bucket(ShardRecord record) => PartitionBucket.Of(record.EventJson.Span, 10);
    }

    [Fact(Timeout = Timeout)]
    public async Task LATEST_skips_what_was_there_before()
    {
        var stream = Shards.Stream(3);
        var function = new ScriptedFunction(_ => ScriptedFunction.Success());
        await using var mapping = EventSourceMapping.Start(
            stream, function, FunctionArn, Quick(new() { StartingPosition = StartingPosition.Latest }), _time);

        stream.Shards[0].Append(4, 1);
        await mapping.WhenIdleAsync(Token);

        Assert.Equal("4", function.Story);
    }

    [Fact(Timeout = Timeout)]
    public async Task AT_TIMESTAMP_starts_with_the_first_record_that_is_not_older()
    {
        var stream = Shards.Stream(2);
        stream.Shards[0].Append(3, 2, Shards.Epoch.AddSeconds(1));
        var function = new ScriptedFunction(_ => ScriptedFunction.Success());

        await RunAsync(stream, function, new()
        {
            StartingPosition = StartingPosition.AtTimestamp,
            StartingPositionTimestamp = Shards.Epoch.AddSeconds(1),
        });

        Assert.Equal("3-4", function.Story);
    }

    [Fact(Timeout = Timeout)]
    public async Task Disabling_lets_the_invocation_in_flight_end_and_enabling_goes_on_behind_it()
    {
        var arrived = new TaskCompletionSource();
        var blocked = new TaskCompletionSource<InvocationResult>();
        var function = new ScriptedFunction(numbers =>
        {
            arrived.TrySetResult();
            return numbers[0] == 1 ? blocked.Task : Task.FromResult(ScriptedFunction.Success());
        });
        await using var mapping = EventSourceMapping.Start(Shards.Stream(4), function, FunctionArn, Quick(new() { BatchSize = 2 }), _time);
        await arrived.Task;

        var disabling = mapping.DisableAsync();
        Assert.Equal(EventSourceMappingState.Disabling, mapping.State);
        Assert.False(disabling.IsCompleted);
        blocked.SetResult(ScriptedFunction.Success());
        await disabling;

        Assert.Equal(EventSourceMappingState.Disabled, mapping.State);
        Assert.Equal((2, 2), (mapping.Progress.Shards[0].Checkpoint, mapping.Progress.Shards[0].RecordsBehind));
        await mapping.EnableAsync();
        await mapping.WhenIdleAsync(Token);
        Assert.Equal(EventSourceMappingState.Enabled, mapping.State);
        Assert.Equal("1-2 3-4", function.Story);
    }

    [Fact(Timeout = Timeout)]
    public async Task Disabling_ends_the_wait_for_a_retry()
    {
        var healthy = false;
        var function = new ScriptedFunction(_ => healthy ? ScriptedFunction.Success() : ScriptedFunction.Failure());
        await using var mapping = EventSourceMapping.Start(Shards.Stream(1), function, FunctionArn, new(), _time);
        while (mapping.Progress.Invocations == 0)
        {
            await Task.Yield();
        }

        await mapping.DisableAsync();
        healthy = true;
        await mapping.EnableAsync();
        await mapping.WhenIdleAsync(Token);

        Assert.Equal("1 1", function.Story);
    }

    [Fact(Timeout = Timeout)]
    public async Task New_settings_take_effect_at_the_checkpoint()
    {
        var stream = Shards.Stream(2);
        var function = new ScriptedFunction(_ => ScriptedFunction.Success());
        await using var mapping = EventSourceMapping.Start(stream, function, FunctionArn, Quick(new()), _time);
        await mapping.WhenIdleAsync(Token);

        await mapping.DisableAsync();
        await mapping.UpdateAsync(mapping.Settings with { BatchSize = 1 });
        Assert.Equal(EventSourceMappingState.Disabled, mapping.State);
        stream.Shards[0].Append(3, 2);
        await mapping.EnableAsync();
        await mapping.WhenIdleAsync(Token);

        Assert.Equal("1-2 3 4", function.Story);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_destination_that_fails_is_told_to_who_waits()
    {
        var settings = Quick(new() { MaximumRetryAttempts = 0 }) with { OnFailure = _ => throw new InvalidOperationException("no such queue") };
        await using var mapping = EventSourceMapping.Start(
            Shards.Stream(1), new ScriptedFunction(_ => ScriptedFunction.Failure()), FunctionArn, settings, _time);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => mapping.WhenIdleAsync(Token));

        Assert.Equal("no such queue", error.InnerException!.Message);
    }

    [Fact(Timeout = Timeout)]
    public async Task Disposing_gives_up_the_invocation_in_flight()
    {
        var arrived = new TaskCompletionSource();
        var mapping = EventSourceMapping.Start(Shards.Stream(1), new ScriptedFunction(_ =>
        {
            arrived.SetResult();
            return new TaskCompletionSource<InvocationResult>().Task;
        }), FunctionArn, new(), _time);
        await arrived.Task;

        await mapping.DisposeAsync();
        await mapping.DisposeAsync();

        Assert.Equal((EventSourceMappingState.Deleting, 0), (mapping.State, mapping.Progress.Shards[0].Checkpoint));
    }

    private static InvocationResult ReportPoison(int[] numbers, int poison) =>
        numbers.Contains(poison) ? ScriptedFunction.Report(poison) : ScriptedFunction.Success();

    private static (string Start, string End, int Size) Extent(DiscardedBatch batch) =>
        (batch.StartSequenceNumber, batch.EndSequenceNumber, batch.BatchSize);

    private static (string, long, long, long, long) Counts(EventSourceMappingProgress progress) =>
        (progress.LastProcessingResult, progress.Invocations, progress.Retries, progress.Delivered, progress.Discarded);

    private EventSourceMappingOptions Quick(EventSourceMappingOptions settings) => settings with
    {
        RetryBaseDelay = TimeSpan.Zero,
        OnFailure = batch =>
        {
            _discarded.Enqueue(batch);
            return Task.CompletedTask;
        },
    };

    private async Task<EventSourceMappingProgress> RunAsync(EventStream stream, ScriptedFunction function, EventSourceMappingOptions settings)
    {
        await using var mapping = EventSourceMapping.Start(stream, function, FunctionArn, Quick(settings), _time);
        await mapping.WhenIdleAsync(Token);
        return mapping.Progress;
    }
}
