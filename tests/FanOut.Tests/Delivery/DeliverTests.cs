using System.Net;
using Amazon.Runtime;
using CsCheck;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Delivery;

public class DeliverTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Only_what_is_refused_is_sent_again()
    {
        var target = new HandMadeTarget((items, call) => call == 0 ? new Receipt([Refused(1), Refused(3)]) : Receipt.AllTaken);

        Outcome outcome = await DeliverAsync(target, 4);

        Assert.Equal(["0,1,2,3", "1,3"], target.Calls);
        AssertDelivered(outcome, 4);
        Assert.Equal((2, 2L), (outcome.Calls, outcome.Retried));
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(0, 0)]
    public async Task What_a_target_wants_later_is_not_sent_again_before(int seconds, int least)
    {
        DateTimeOffset started = _time.GetUtcNow(), again = default;
        var target = new HandMadeTarget((_, call) =>
        {
            again = _time.GetUtcNow();
            return call > 0 ? Receipt.AllTaken : throw new HttpAnswerException(new Failure(FailureClass.Refused, "Http429", "later") { RetryAfter = TimeSpan.FromSeconds(seconds) });
        });

        AssertDelivered(await DeliverAsync(target, 1), 1);

        Assert.InRange((again - started).TotalSeconds, least, least + 1);
    }

    [Fact]
    public async Task What_a_target_wants_later_than_there_is_time_is_reported_when_time_is_up()
    {
        var target = new HandMadeTarget((_, _) => throw new HttpAnswerException(new Failure(FailureClass.Refused, "Http429", "later") { RetryAfter = TimeSpan.FromHours(1) }));

        Outcome outcome = await DeliverAsync(target, 1);

        Assert.Single(target.Calls);
        ((FailureClass, string) kind, (int _, string reason)) = Assert.Single(outcome.Failures);
        Assert.Equal(((FailureClass.OutOfTime, "Http429"), "Not taken within the time for sending, and not sent again before the target wants it: later"), (kind, reason));
    }

    [Fact]
    public async Task What_is_rejected_is_never_sent_again()
    {
        var target = new HandMadeTarget((items, call) => call == 0 ? new Receipt([ItemFailure.Rejected(2, "Bad", "why"), Refused(0)]) : Receipt.AllTaken);

        Outcome outcome = await DeliverAsync(target, 4);

        Assert.Equal(["0,1,2,3", "0"], target.Calls);
        Assert.Equal([2], FailedOf(outcome));
        Assert.Equal((1, "why"), outcome.Failures[(FailureClass.PermanentItem, "Bad")]);
        Assert.Equal(3, outcome.Delivered);
    }

    [Fact]
    public async Task A_call_rejected_whole_is_halved_until_the_guilty_item_stands_alone()
    {
        var target = new HandMadeTarget((items, _) => items.Contains("5") ? throw Service(HttpStatusCode.BadRequest, "ValidationException") : Receipt.AllTaken, 8);

        Outcome outcome = await DeliverAsync(target, 8);

        Assert.Equal(["0,1,2,3,4,5,6,7", "0,1,2,3", "4,5,6,7", "4,5", "4", "5", "6,7"], target.Calls);
        Assert.Equal([5], FailedOf(outcome));
        Assert.Equal(7, outcome.Delivered);
        Assert.Equal(1, outcome.CountOf(FailureClass.PermanentItem));
    }

    [Fact]
    public async Task A_call_that_is_rejected_whatever_it_holds_is_not_halved_for_ever()
    {
        var target = new HandMadeTarget((_, _) => throw Service(HttpStatusCode.BadRequest, "ValidationException"), 500);

        Outcome outcome = await DeliverAsync(target, 500);

        Assert.InRange(target.Calls.Count, 32, 70);
        Assert.Equal(500, FailedOf(outcome).Length);
        Assert.Contains(outcome.Failures, f => f.Key.Class == FailureClass.PermanentTarget && f.Value.Reason.StartsWith("32 calls in a row", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_that_nobody_documents_may_pass()
    {
        var target = new HandMadeTarget((_, call) => call < 2 ? throw Service((HttpStatusCode)418, "Odd") : Receipt.AllTaken);

        AssertDelivered(await DeliverAsync(target, 4), 4);
        Assert.Equal(["0,1,2,3", "0,1,2,3", "0,1,2,3"], target.Calls);
    }

    [Fact]
    public async Task An_error_that_nobody_documents_is_an_item_s_only_where_others_are_taken_without_it()
    {
        var target = new HandMadeTarget((items, _) => items.Contains("5") ? throw Service((HttpStatusCode)418, "Odd") : Receipt.AllTaken, 8);

        Outcome outcome = await DeliverAsync(target, 8);

        Assert.Equal(["0,1,2,3,4,5,6,7", "0,1,2,3,4,5,6,7", "0,1,2,3,4,5,6,7", "0,1,2,3", "4,5,6,7", "4,5", "4", "5", "6,7", "5"], target.Calls);
        Assert.Equal([5], FailedOf(outcome));
        Assert.Equal((7L, 1), (outcome.Delivered, outcome.CountOf(FailureClass.PermanentItem)));
        Assert.Equal(7, Assert.Single(outcome.Undelivered).Attempts.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(500)]
    public async Task An_error_that_nobody_documents_gives_nothing_up_while_nothing_is_taken(int items)
    {
        var target = new HandMadeTarget((_, _) => throw Service((HttpStatusCode)418, "Odd"), 500);

        Outcome outcome = await DeliverAsync(target, items);

        Assert.Equal(Enumerable.Range(0, items), FailedOf(outcome));
        Assert.Equal((items, 0, 0), (outcome.CountOf(FailureClass.OutOfTime), outcome.CountOf(FailureClass.PermanentItem), outcome.CountOf(FailureClass.PermanentTarget)));
        Assert.All(outcome.Undelivered, static u => Assert.True(u.Attempts.Count > 3));
        Assert.InRange(target.Calls.Count, 5, 200);
    }

    [Fact]
    public async Task A_target_that_comes_back_after_an_error_that_nobody_documents_gets_all_of_it()
    {
        var target = new HandMadeTarget((_, call) => call < 40 ? throw Service((HttpStatusCode)418, "Odd") : Receipt.AllTaken, 500);

        AssertDelivered(await DeliverAsync(target, 500, seconds: 120), 500);
    }

    [Fact]
    public async Task All_that_are_refused_for_a_reason_that_nobody_documents_are_found_among_those_that_are_taken()
    {
        var target = new HandMadeTarget((items, _) => items.Any(static i => i.EndsWith("50", StringComparison.Ordinal)) ? throw Service((HttpStatusCode)418, "Odd") : Receipt.AllTaken, 500);

        Outcome outcome = await DeliverAsync(target, 500);

        Assert.Equal([50, 150, 250, 350, 450], FailedOf(outcome));
        Assert.Equal((495L, 5), (outcome.Delivered, outcome.CountOf(FailureClass.PermanentItem)));
    }

    [Fact]
    public async Task A_record_alone_with_an_error_that_nobody_documents_ends_with_the_time()
    {
        var target = new HandMadeTarget((_, _) => throw Service((HttpStatusCode)418, "Odd"));

        Failure failure = Assert.Single((await DeliverAsync(target, 1)).Undelivered).Failure;

        Assert.Equal((FailureClass.OutOfTime, "Odd"), (failure.Class, failure.Code));
    }

    [Fact]
    public async Task As_long_as_items_are_taken_all_bad_ones_are_found()
    {
        var target = new HandMadeTarget((items, _) => items.Any(i => int.Parse(i) % 2 == 0) ? throw Service(HttpStatusCode.BadRequest, "ValidationException") : Receipt.AllTaken, 500);

        Outcome outcome = await DeliverAsync(target, 200);

        Assert.Equal(Enumerable.Range(0, 100).Select(n => 2 * n), FailedOf(outcome));
        Assert.Equal(100, outcome.CountOf(FailureClass.PermanentItem));
    }

    [Fact]
    public async Task A_call_without_an_answer_is_tried_again()
    {
        var never = new TaskCompletionSource<Receipt>();
        var target = new HandMadeTarget((_, call, _) => call == 0 ? never.Task : Task.FromResult(Receipt.AllTaken));

        AssertDelivered(await DeliverAsync(target, 3, seconds: 300), 3);
        Assert.Equal(["0,1,2", "2", "0", "1"], target.Calls);
    }

    [Fact]
    public async Task Credentials_that_are_refused_are_renewed_once_and_the_same_items_sent_again()
    {
        int renewed = 0;
        var target = new HandMadeTarget((_, _) => renewed == 0 ? throw Service(HttpStatusCode.BadRequest, "ExpiredTokenException") : Receipt.AllTaken);

        Outcome outcome = await DeliverAsync(target, 4, renew: () => renewed++);

        Assert.Equal(1, renewed);
        Assert.Equal(["0,1,2,3", "0,1,2,3"], target.Calls);
        AssertDelivered(outcome, 4);
    }

    [Fact]
    public async Task New_credentials_that_are_refused_too_end_the_target()
    {
        int renewed = 0;
        var target = new HandMadeTarget((_, _) => throw Service(HttpStatusCode.BadRequest, "AccessDeniedException"));

        Outcome outcome = await DeliverAsync(target, 4, atATime: 1, renew: () => renewed++);

        Assert.Equal((1, 2), (renewed, target.Calls.Count));
        Assert.Equal(4, outcome.CountOf(FailureClass.PermanentTarget));
        Assert.All(outcome.Undelivered, static u => Assert.Equal(2, u.Attempts.Count));
    }

    [Theory]
    [InlineData(OnFailure.Block, 1)]
    [InlineData(OnFailure.Block, 4)]
    [InlineData(OnFailure.DeadLetter, 1)]
    public async Task A_target_that_is_left_alone_is_waited_for_where_its_records_block(OnFailure onFailure, int atATime)
    {
        var circuit = new Circuit(_time);
        bool isThere = false;
        var target = new HandMadeTarget((_, _) => isThere ? Receipt.AllTaken : throw Service(HttpStatusCode.Forbidden, "AccessDeniedException"), 1);
        await DeliverAsync(target, 1, atATime, onFailure: onFailure, circuit: circuit);
        await DeliverAsync(target, 1, atATime, onFailure: onFailure, circuit: circuit);
        Assert.False(circuit.IsClosed);
        isThere = true;
        DateTimeOffset opened = _time.GetUtcNow();

        Outcome outcome = await DeliverAsync(target, 8, atATime, onFailure: onFailure, circuit: circuit);

        if (onFailure == OnFailure.Block)
        {
            AssertDelivered(outcome, 8);
            Assert.InRange(_time.GetUtcNow() - opened, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(30));
        }
        else
        {
            Assert.Equal(8, outcome.Failures[(FailureClass.PermanentTarget, "CircuitOpen")].Count);
        }
    }

    [Fact]
    public void Why_the_circuit_opened_is_kept_whichever_call_tells_first()
    {
        Outcome outcome = Outcome.Of(TestTargets.Mapping(TargetType.Kinesis), TestPayloads.Batch(new HandMadeTarget((_, _) => Receipt.AllTaken).Cutter, TestPayloads.Numbers(1)));
        var opened = new Failure(FailureClass.PermanentTarget, "Denied", "why");

        outcome.NoteOpened(opened);
        outcome.NoteOpened(null);

        Assert.Same(opened, outcome.Opened);
    }

    [Fact]
    public async Task Waiting_for_a_target_that_is_left_alone_ends_with_the_time_for_sending()
    {
        var circuit = new Circuit(_time);
        var target = new HandMadeTarget((_, _) => throw Service(HttpStatusCode.Forbidden, "AccessDeniedException"), 1);
        await DeliverAsync(target, 1, onFailure: OnFailure.Block, circuit: circuit);
        await DeliverAsync(target, 1, onFailure: OnFailure.Block, circuit: circuit);

        Outcome outcome = await DeliverAsync(target, 3, seconds: 5, onFailure: OnFailure.Block, circuit: circuit);

        Assert.Equal([0, 1, 2], FailedOf(outcome));
        Assert.Equal(2, target.Calls.Count);
        ((FailureClass, string) kind, (int count, string reason)) = Assert.Single(outcome.Failures);
        Assert.Equal(((FailureClass.OutOfTime, "CircuitOpen"), 3), (kind, count));
        Assert.StartsWith("Not sent, because the target was out of reach", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_failure_knows_how_often_and_when_it_was_tried()
    {
        DateTimeOffset start = _time.GetUtcNow();
        var target = new HandMadeTarget((items, call) => new Receipt([call < 2 ? Refused(0) : ItemFailure.Rejected(0, "Bad", "why")]));

        Outcome outcome = await DeliverAsync(target, 1);

        Undelivered undelivered = Assert.Single(outcome.Undelivered);
        Assert.Equal((3, start), (undelivered.Attempts.Count, undelivered.Attempts.First));
        Assert.True(undelivered.Attempts.Last > start);
        Assert.Equal((0, (int?)null), (undelivered.Record, undelivered.SubSequence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_target_out_of_reach_for_good_is_left_after_its_first_word(int atATime)
    {
        var target = new HandMadeTarget((_, _) => throw Service(HttpStatusCode.Forbidden, "AccessDeniedException"));

        Outcome outcome = await DeliverAsync(target, 40, atATime);

        Assert.InRange(target.Calls.Count, 1, atATime);
        Assert.Equal(Enumerable.Range(0, 40), FailedOf(outcome));
        Assert.Equal(40, outcome.Failures[(FailureClass.PermanentTarget, "AccessDeniedException")].Count);
    }

    [Fact]
    public async Task When_time_is_up_everything_unsent_has_failed()
    {
        var target = new HandMadeTarget((items, _) => items.Contains("5") ? new Receipt([Refused(Array.IndexOf(items, "5"))]) : Receipt.AllTaken);

        Outcome outcome = await DeliverAsync(target, 12, atATime: 1, seconds: 30);

        Assert.Equal([5, 8, 9, 10, 11], FailedOf(outcome));
        Assert.Equal(7, outcome.Delivered);
        Assert.Equal(5, outcome.Failures.Values.Sum(f => f.Count));
        Assert.StartsWith("Refused until", outcome.Failures[(FailureClass.OutOfTime, "Throttled")].Reason, StringComparison.Ordinal);
    }

    // Which of them is told first is chance: each says what was refused while it waited for its turn, or for its answer.
    [Theory]
    [InlineData(false, "The time for sending was up; give the function a longer time-out or smaller batches. Calls before were not taken: Throttled: slow down")]
    [InlineData(true, "The target had not answered when the time for sending was up: it may have been taken. Calls before were not taken: Throttled: slow down")]
    public async Task What_was_never_sent_or_never_answered_says_why_others_were_refused(bool hangs, string expected)
    {
        using var ended = new CancellationTokenSource();
        int calls = 0;
        var target = new HandMadeTarget((items, call, _) =>
        {
            if (Interlocked.Increment(ref calls) < 3)
            {
                return Task.FromResult(new Receipt([.. items.Select((_, i) => ItemFailure.Refused(i, "Throttled", "slow down"))]));
            }

            ended.Cancel();
            return hangs ? new TaskCompletionSource<Receipt>().Task : Task.FromResult(new Receipt([.. items.Select((_, i) => ItemFailure.Refused(i, "Throttled", "slow down"))]));
        });
        TargetBatch batch = TestPayloads.Batch(target.Cutter, TestPayloads.Numbers(40));
        Outcome outcome = Outcome.Of(TestTargets.Mapping(TargetType.Sns), batch);

        await new Deliver(new ActiveTarget(target, new Circuit(TimeProvider.System)), outcome, TimeSpan.FromMinutes(1), TimeProvider.System, new Random(1)).RunAsync(batch, 2, ended.Token);

        Assert.Contains(expected, outcome.Undelivered.Select(static u => u.Failure.Reason));
        Assert.All(outcome.Undelivered, static u => Assert.Contains("slow down", u.Failure.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task With_no_time_at_all_nothing_is_sent_and_all_has_failed(int atATime)
    {
        var target = new HandMadeTarget((_, _) => Receipt.AllTaken);

        Outcome outcome = await DeliverAsync(target, 12, atATime, seconds: 0);

        Assert.Empty(target.Calls);
        Assert.Equal(Enumerable.Range(0, 12), FailedOf(outcome));
        Assert.Equal(12, outcome.CountOf(FailureClass.OutOfTime));
    }

    [Fact]
    public async Task A_target_that_hangs_and_ignores_the_token_does_not_keep_us()
    {
        var never = new TaskCompletionSource<Receipt>();
        var target = new HandMadeTarget((_, _, _) => never.Task);

        Outcome outcome = await DeliverAsync(target, 2, seconds: 5);

        Assert.Equal([0, 1], FailedOf(outcome));
        Assert.Equal(2, outcome.CountOf(FailureClass.OutOfTime));
        Assert.True(outcome.IsSending);
        never.SetResult(Receipt.AllTaken);
        Assert.False(outcome.IsSending);
        Assert.Equal(0, outcome.Delivered);
    }

    [Fact]
    public async Task In_order_means_that_nothing_follows_what_could_not_be_delivered()
    {
        var target = new HandMadeTarget((items, _) => items.Contains("1") ? new Receipt([Refused(Array.IndexOf(items, "1"))]) : Receipt.AllTaken, 2);

        Outcome outcome = await DeliverAsync(target, 6, atATime: 1, seconds: 10);

        Assert.DoesNotContain("2,3", target.Calls);
        Assert.Equal([1, 2, 3, 4, 5], FailedOf(outcome));
    }

    [Fact]
    public async Task In_order_a_rejected_item_does_not_hold_up_those_after_it()
    {
        var target = new HandMadeTarget((items, _) => items.Contains("1") ? new Receipt([ItemFailure.Rejected(1, "Bad", "why")]) : Receipt.AllTaken, 2);

        Outcome outcome = await DeliverAsync(target, 6, atATime: 1);

        Assert.Equal(["0,1", "2,3", "4,5"], target.Calls);
        Assert.Equal([1], FailedOf(outcome));
    }

    public static TheoryData<Receipt> Lies => [new Receipt([Refused(4)]), new Receipt([Refused(-1)]), new Receipt([Refused(1), Refused(1)])];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task An_answer_that_cannot_be_trusted_is_no_proof_and_all_is_sent_again(Receipt lie)
    {
        var target = new HandMadeTarget((_, call) => call == 0 ? lie : Receipt.AllTaken);

        Outcome outcome = await DeliverAsync(target, 4);

        Assert.Equal(["0,1,2,3", "0,1,2,3"], target.Calls);
        AssertDelivered(outcome, 4);
    }

    [Fact]
    public async Task An_answer_for_another_number_of_items_is_sent_again()
    {
        var target = new HandMadeTarget((_, call) => call == 0 ? throw new UntrustworthyAnswerException("3 of 4") : Receipt.AllTaken);

        Outcome outcome = await DeliverAsync(target, 4);

        Assert.Equal(2, target.Calls.Count);
        AssertDelivered(outcome, 4);
    }

    [Fact]
    public async Task A_time_out_of_one_call_is_ambiguous_and_tried_again()
    {
        var target = new HandMadeTarget((_, call) => call == 0 ? throw new TaskCanceledException("The request timed out.") : Receipt.AllTaken);

        AssertDelivered(await DeliverAsync(target, 3), 3);
        Assert.Equal(2, target.Calls.Count);
    }

    [Fact]
    public void Whatever_a_target_answers_delivered_and_failed_are_all_and_nothing_taken_is_sent_again() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 9], Gen.Int[1, 4], Gen.Int).Sample((count, perCall, atATime, seed) =>
        {
            var random = new Random(seed);
            var taken = new HashSet<string>();
            var rejected = new HashSet<string>();
            var target = new HandMadeTarget((items, _) =>
            {
                lock (random)
                {
                    Assert.DoesNotContain(items, i => taken.Contains(i) || rejected.Contains(i));
                    if (items.Any(i => i.EndsWith('7')))
                    {
                        throw Service(HttpStatusCode.BadRequest, "ValidationException");
                    }

                    if (items.Any(i => i.EndsWith('3')) || random.Next(6) == 0)
                    {
                        throw Service((HttpStatusCode)418, "Odd");
                    }

                    if (random.Next(4) == 0)
                    {
                        throw Service((HttpStatusCode)503, "InternalFailure");
                    }

                    var failures = new List<ItemFailure>();
                    for (int i = 0; i < items.Length; i++)
                    {
                        int dice = random.Next(4);
                        if (dice == 0)
                        {
                            failures.Add(Refused(i));
                        }
                        else if (dice == 1)
                        {
                            failures.Add(ItemFailure.Rejected(i, "Bad", "why"));
                        }

                        (dice == 1 ? rejected : dice == 0 ? [] : taken).Add(items[i]);
                    }

                    return new Receipt(failures);
                }
            }, perCall);

            var time = new FakeTimeProvider();
            Outcome outcome = DeliverAsync(target, count, atATime, 300, time).GetAwaiter().GetResult();

            Assert.Equal(taken.Count, outcome.Delivered);
            Assert.Equal(count, outcome.Delivered + outcome.Failures.Values.Sum(f => f.Count));
            Assert.Equal(Enumerable.Range(0, count).Where(i => !taken.Contains($"{i}")), FailedOf(outcome));
        }, iter: 300);

    [Fact]
    public void Backoff_doubles_up_to_its_ceiling()
    {
        Assert.Equal([25, 50, 100, 2_500, 2_500], new[] { 0, 1, 2, 7, 1_000 }.Select(attempt => Backoff.Of(attempt, 0.5).TotalMilliseconds));
        Assert.Equal(TimeSpan.Zero, Backoff.Of(3, 0));
    }

    internal static AmazonServiceException Service(HttpStatusCode status, string? code) =>
        new("the service's words", null, ErrorType.Sender, code, "request-1", status);

    private static ItemFailure Refused(int index) => ItemFailure.Refused(index, "Throttled", "too fast");

    private static int[] FailedOf(Outcome outcome) => [.. Enumerable.Range(0, outcome.Records).Where(outcome.IsFailed)];

    private static void AssertDelivered(Outcome outcome, int count)
    {
        Assert.Empty(FailedOf(outcome));
        Assert.Empty(outcome.Failures);
        Assert.Equal(count, outcome.Delivered);
    }

    private async Task<Outcome> DeliverAsync(HandMadeTarget target, int count, int atATime = 4, int seconds = 60, FakeTimeProvider? clock = null, Action? renew = null, OnFailure onFailure = OnFailure.DeadLetter, Circuit? circuit = null)
    {
        FakeTimeProvider time = clock ?? _time;
        TargetBatch batch = TestPayloads.Batch(target.Cutter, TestPayloads.Numbers(count));
        Outcome outcome = Outcome.Of(TestTargets.Mapping(TargetType.Kinesis) with { OnFailure = onFailure }, batch);
        using var sending = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        if (seconds == 0)
        {
            await sending.CancelAsync();
        }

        Task running = new Deliver(new ActiveTarget(target, circuit ?? new Circuit(time), renew), outcome, TimeSpan.FromMinutes(1), time, new Random(1)).RunAsync(batch, atATime, sending.Token);
        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await running;
        return outcome;
    }
}
