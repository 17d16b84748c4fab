using System.Net;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Delivery;

public class CircuitTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
    private readonly Circuit _circuit;
    private int _calls;

    public CircuitTests() => _circuit = new Circuit(_time);

    public static TheoryData<Exception, int> Failings => new()
    {
        { DeliverTests.Service(HttpStatusCode.Forbidden, "AccessDeniedException"), 2 },
        { DeliverTests.Service(HttpStatusCode.NotFound, "ResourceNotFoundException"), 2 },
        { new CacheAccessDeniedException("denied"), 2 },
        { new HttpRequestException("refused", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)), 3 },
        { new HttpRequestException(HttpRequestError.ConnectionError, "no route"), 3 },
        { new CacheUnavailableException("refused") { IsUnreachable = true }, 3 },
        { new CacheUnavailableException("broken"), 5 },
        { new NoAnswerException(TimeSpan.FromSeconds(9)), 3 },
        { new TimeoutException("not connected in time"), 3 },
        { DeliverTests.Service(HttpStatusCode.ServiceUnavailable, "InternalFailure"), 5 },
        { DeliverTests.Service(HttpStatusCode.BadRequest, "ValidationException"), 5 },
        { DeliverTests.Service(HttpStatusCode.BadRequest, "ThrottlingException"), 5 },
    };

    [Theory]
    [MemberData(nameof(Failings))]
    public async Task It_opens_for_what_is_out_of_reach_and_for_nothing_else(Exception failing, int calls)
    {
        bool opens = calls < 5;
        for (int i = 0; i < 5; i++)
        {
            await FailAsync(failing);
            _time.Advance(TimeSpan.FromSeconds(1.5));
        }

        Assert.Equal(calls, _calls);
        Assert.Equal(!opens, _circuit.IsClosed);
        Assert.Equal(opens, _circuit.TakeOpened() is not null);
        Assert.Null(_circuit.TakeOpened());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_breaks_says_nothing_and_any_answer_is_a_sign_of_life(bool isAnswer)
    {
        Exception denied = DeliverTests.Service(HttpStatusCode.Forbidden, "AccessDeniedException");
        await FailAsync(denied);
        await FailAsync(isAnswer ? DeliverTests.Service(HttpStatusCode.InternalServerError, "InternalFailure") : new IOException("reset"));
        await FailAsync(denied);
        Assert.Equal(isAnswer, _circuit.IsClosed);
    }

    [Fact]
    public async Task A_server_may_start_anew()
    {
        Exception refused = new CacheUnavailableException("refused") { IsUnreachable = true };
        for (int i = 0; i < 9; i++)
        {
            await FailAsync(refused);
        }

        _time.Advance(TimeSpan.FromSeconds(2.9));
        await FailAsync(refused);
        await _circuit.CallAsync(() => Task.FromResult(Receipt.AllTaken));
        _time.Advance(TimeSpan.FromSeconds(1));
        await FailAsync(refused);
        await FailAsync(refused);

        Assert.Equal(12, _calls);
        Assert.True(_circuit.IsClosed);
    }

    [Fact]
    public async Task One_failure_does_not_open_it()
    {
        await FailAsync(new NoAnswerException(TimeSpan.Zero));
        await _circuit.CallAsync(() => Task.FromResult(Receipt.AllTaken));
        Assert.True(_circuit.IsClosed);
    }

    [Fact]
    public async Task It_says_why_and_until_when()
    {
        Exception denied = DeliverTests.Service(HttpStatusCode.Forbidden, "AccessDeniedException");
        await FailAsync(denied);
        await FailAsync(denied);

        Exception open = await FailAsync(denied);

        Assert.Equal(
            "Not sent, because the target was out of reach; it is tried again at 12:00:10Z. AccessDeniedException: the service's words (request request-1)", open.Message);
        Assert.Equal(FailureClass.PermanentTarget, Classify.Of(open).Class);
        Assert.Equal("the service's words (request request-1) It is not called until 12:00:10Z.", _circuit.TakeOpened()!.Reason);
    }

    [Fact]
    public async Task After_the_pause_one_call_decides_and_the_next_pause_is_longer()
    {
        Exception denied = DeliverTests.Service(HttpStatusCode.Forbidden, "AccessDeniedException");
        await FailAsync(denied);
        await FailAsync(denied);
        _time.Advance(TimeSpan.FromSeconds(11));
        await FailAsync(denied);
        Assert.Equal(3, _calls);
        _time.Advance(TimeSpan.FromSeconds(11));
        await FailAsync(denied);
        Assert.Equal(3, _calls);
        _time.Advance(TimeSpan.FromSeconds(10));

        await _circuit.CallAsync(() => Task.FromResult(Receipt.AllTaken));

        Assert.True(_circuit.IsClosed);
    }

    [Fact]
    public async Task Calls_that_were_under_way_when_it_opened_make_no_pause_longer_and_let_no_second_trial_pass()
    {
        Exception denied = DeliverTests.Service(HttpStatusCode.Forbidden, "AccessDeniedException");
        TaskCompletionSource<Receipt> together = new(), late = new(), trial = new();
        Task<Receipt>[] calls = [.. Enumerable.Range(0, 8).Select(_ => _circuit.CallAsync(() => together.Task)), _circuit.CallAsync(() => late.Task)];
        together.SetException(denied);
        await Record.ExceptionAsync(() => Task.WhenAll(calls[..8]));
        _time.Advance(TimeSpan.FromSeconds(10));

        Task<Receipt> trying = _circuit.CallAsync(() => trial.Task);
        late.SetException(denied);
        await Record.ExceptionAsync(() => calls[8]);
        await FailAsync(denied);
        Assert.Equal(0, _calls);
        trial.SetException(denied);
        await Record.ExceptionAsync(() => trying);
        _time.Advance(TimeSpan.FromSeconds(20));

        await _circuit.CallAsync(() => Task.FromResult(Receipt.AllTaken));
        Assert.True(_circuit.IsClosed);
    }

    private async Task<Exception> FailAsync(Exception exception) => (await Record.ExceptionAsync(() => _circuit.CallAsync(() =>
    {
        _calls++;
        return Task.FromException<Receipt>(exception);
    })))!;
}
