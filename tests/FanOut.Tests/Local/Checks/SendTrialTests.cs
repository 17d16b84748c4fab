using System.Net;
using System.Text;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Local.Checks;
using FanOut.Local.Transfers;
using FanOut.Tests.Delivery;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Local.Checks;

/// <summary>One record for a test: it ends soon, and says what the target answered.</summary>
public class SendTrialTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task What_a_target_wants_later_than_a_test_takes_is_not_waited_for()
    {
        var target = new HandMadeTarget((_, _) => throw Status(FailureClass.Refused, "Http429", TimeSpan.FromHours(1)));

        Trial trial = await RunAsync(target);

        Assert.Single(target.Calls);
        Assert.Equal((FailureClass.Refused, "Http429", "It answered."), (trial.Failure!.Class, trial.Failure.Code, trial.Failure.Reason));
        Assert.Equal(" A test takes 15 s at most, so it was not sent again.", trial.Answers);
    }

    [Theory]
    [InlineData(OnFailure.Block)]
    [InlineData(OnFailure.DeadLetter)]
    public async Task What_fails_again_and_again_is_given_up_after_15_seconds_with_all_answers(OnFailure onFailure)
    {
        DateTimeOffset began = _time.GetUtcNow();

        Trial trial = await RunAsync((_, call) => throw Status(FailureClass.Ambiguous, call == 0 ? "Http503" : "Http500"), onFailure);

        // How far the clock was put forward beyond that before the trial saw it is the scheduler's.
        Assert.True(_time.GetUtcNow() - began >= TimeSpan.FromSeconds(15));
        Assert.Equal((FailureClass.Ambiguous, "Http500", "It answered."), (trial.Failure!.Class, trial.Failure.Code, trial.Failure.Reason));
        Assert.Matches("^ [0-9]+ answers within [0-9.]+ s: Http503, [0-9]+ times Http500\\.$", trial.Answers);
    }

    [Theory]
    [InlineData(OnFailure.Block)]
    [InlineData(OnFailure.DeadLetter)]
    public async Task That_a_target_is_left_alone_is_not_what_it_answered(OnFailure onFailure)
    {
        Trial trial = await RunAsync((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody listens."), onFailure);

        Assert.Equal((Classify.Unreachable, "Nobody listens."), (trial.Failure!.Code, trial.Failure.Reason));
    }

    [Fact]
    public async Task A_server_that_is_not_trusted_is_asked_once()
    {
        var target = new HandMadeTarget((_, _) => throw new HttpRequestException("in vain", new HttpRequestException(HttpRequestError.SecureConnectionError, "No TLS connection to h.")));

        Trial trial = await RunAsync(target);

        Assert.Single(target.Calls);
        Assert.False(Assert.Single(trial.Refused).IsTrusted);
    }

    [Fact]
    public async Task Who_does_not_answer_may_have_it()
    {
        var target = new HandMadeTarget((_, _, cancellationToken) => new TaskCompletionSource<Receipt>().Task.WaitAsync(cancellationToken));

        Trial trial = await RunAsync(target);

        Assert.Equal("NoAnswer", trial.Failure!.Code);
        Assert.DoesNotContain("invocation", trial.Failure.Reason, StringComparison.Ordinal);
        Assert.Equal("", trial.Answers);
    }

    [Fact]
    public async Task What_is_taken_at_last_is_delivered_and_what_is_refused_by_a_receipt_is_told_too()
    {
        Trial trial = await RunAsync((_, call) => call == 0 ? new Receipt([ItemFailure.Refused(0, "Busy", "why")]) : Receipt.AllTaken);

        Assert.Equal(RecordState.Delivered, trial.Outcome.State);
        Assert.Equal("Busy", Assert.Single(trial.Refused).Failure.Code);
    }

    [Fact]
    public async Task What_cannot_be_sent_says_why()
    {
        Trial trial = await RunAsync((_, _) => throw DeliverTests.Service(HttpStatusCode.BadRequest, "ValidationException"));

        Assert.Equal((FailureClass.PermanentItem, "ValidationException"), (trial.Failure!.Class, trial.Failure.Code));
    }

    [Fact]
    public async Task The_status_says_what_was_answered_last_and_how_long_it_goes_on()
    {
        string? status = null;
        SendTrial trial = null!;
        var target = new HandMadeTarget((_, call) =>
        {
            status ??= call == 0 ? null : trial.Status;
            throw Status(FailureClass.Ambiguous, "Http500");
        });

        trial = new SendTrial(new OneTarget(target, _time), _time);
        await EndAsync(trial.OfAsync(TestTargets.Mapping(TargetType.Http), Event, TestContext.Current.CancellationToken));

        Assert.Matches("^not taken 1 times, last Http500; [0-9]+ s left$", status);
    }

    private static byte[] Event => LambdaEvent.Of(LambdaEvent.Kinesis(Encoding.UTF8.GetBytes("{}")));

    private static HttpAnswerException Status(FailureClass kind, string code, TimeSpan? retryAfter = null) => new(new Failure(kind, code, "It answered.") { RetryAfter = retryAfter });

    private Task<Trial> RunAsync(Func<string[], int, Receipt> answer, OnFailure onFailure = OnFailure.Block) => RunAsync(new HandMadeTarget(answer), onFailure);

    private Task<Trial> RunAsync(HandMadeTarget target, OnFailure onFailure = OnFailure.Block) =>
        EndAsync(new SendTrial(new OneTarget(target, _time), _time).OfAsync(TestTargets.Mapping(TargetType.Http) with { OnFailure = onFailure }, Event, TestContext.Current.CancellationToken));

    private async Task<Trial> EndAsync(Task<Trial> running)
    {
        while (!running.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await running;
    }

    private sealed class OneTarget(ITarget target, TimeProvider time) : ITargetSource
    {
        private readonly Circuit _circuit = new(time);

        public ActiveTarget TargetOf(Mapping mapping) => new(target, _circuit);

        public Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings) => Task.CompletedTask;
    }
}
