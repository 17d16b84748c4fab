using System.Globalization;
using System.Net;
using System.Text;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.LocalCloud.Lambda.Runtime;

public sealed class RuntimeApiTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:fanout";

    private readonly FakeTimeProvider _time = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly RuntimeApi _api;
    private readonly RuntimeClient _function;

    public RuntimeApiTests()
    {
        _api = RuntimeApi.Start(_time);
        _function = new(_api);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _function.Dispose();
        await _api.DisposeAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_poll_waits_for_an_event_and_gets_it_with_Lambdas_headers()
    {
        var polling = _function.NextAsync();
        await _api.WhenAskedAsync().WaitAsync(Token);
        Assert.False(polling.IsCompleted);
        var invoking = InvokeAsync("request-1", "{\"Records\":[]}");

        using var next = await polling;

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal("application/json", next.Content.Headers.ContentType!.MediaType);
        Assert.Equal("{\"Records\":[]}", await next.Content.ReadAsStringAsync(Token));
        Assert.Equal("request-1", Header(next, "Lambda-Runtime-Aws-Request-Id"));
        Assert.Equal(Arn, Header(next, "Lambda-Runtime-Invoked-Function-Arn"));
        Assert.Equal(
            _time.GetUtcNow().AddSeconds(3).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            Header(next, "Lambda-Runtime-Deadline-Ms"));
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]$", Header(next, "Lambda-Runtime-Trace-Id"));

        using var accepted = await _function.PostAsync("invocation/request-1/response", "{\"ok\":1}");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var result = await invoking;
        Assert.Equal(("request-1", "{\"ok\":1}", null), (result.RequestId, Text(result), result.FunctionError));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_event_waits_for_a_poll()
    {
        var invoking = InvokeAsync("request-1");

        var id = await _function.TakeAsync();
        using var accepted = await _function.PostAsync($"invocation/{id}/response", "1");

        Assert.Equal("1", Text(await invoking));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_error_is_the_invocations_result()
    {
        var invoking = InvokeAsync("request-1");
        var id = await _function.TakeAsync();

        using var accepted = await _function.PostAsync($"invocation/{id}/error", "{\"errorMessage\":\"no\",\"errorType\":\"E\"}");

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var result = await invoking;
        Assert.False(result.IsSuccess);
        Assert.Equal(("Unhandled", "{\"errorMessage\":\"no\",\"errorType\":\"E\"}"), (result.FunctionError, Text(result)));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_reason_why_a_function_cannot_start_is_kept()
    {
        using var accepted = await _function.PostAsync("init/error", "{\"errorMessage\":\"no table\"}");

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("{\"errorMessage\":\"no table\"}", Encoding.UTF8.GetString(await _api.InitError));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(LambdaLimits.SynchronousResponse, HttpStatusCode.Accepted, null)]
    [InlineData(LambdaLimits.SynchronousResponse + 1, HttpStatusCode.RequestEntityTooLarge, "Function.ResponseSizeTooLarge")]
    public async Task An_answer_is_at_most_6_MB(int size, HttpStatusCode status, string? errorType)
    {
        var invoking = InvokeAsync("request-1");
        var id = await _function.TakeAsync();

        using var answered = await _function.PostAsync($"invocation/{id}/response", new byte[size]);

        Assert.Equal(status, answered.StatusCode);
        var result = await invoking;
        Assert.Equal(errorType is null, result.IsSuccess);
        Assert.Contains(errorType ?? "", Text(result), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_answer_to_another_request_is_refused()
    {
        var invoking = InvokeAsync("request-1");
        var id = await _function.TakeAsync();

        using var refused = await _function.PostAsync("invocation/request-0/response", "1");
        using var accepted = await _function.PostAsync($"invocation/{id}/response", "2");
        using var late = await _function.PostAsync($"invocation/{id}/response", "3");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (refused.StatusCode, late.StatusCode));
        Assert.Contains("InvalidRequestID", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("2", Text(await invoking));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_poll_before_the_answer_is_refused()
    {
        var invoking = InvokeAsync("request-1");
        var id = await _function.TakeAsync();

        using var early = await _function.NextAsync();
        Assert.Equal(HttpStatusCode.Forbidden, early.StatusCode);

        using var accepted = await _function.PostAsync($"invocation/{id}/response", "1");
        await invoking;
    }

    [Fact(Timeout = Timeout)]
    public async Task A_poll_that_was_given_up_loses_no_event()
    {
        using (var leaving = new CancellationTokenSource())
        {
            var polling = _function.NextAsync(leaving.Token);
            await _api.WhenAskedAsync().WaitAsync(Token);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
        }

        while (_api.WhenAskedAsync().IsCompleted)
        {
            await Task.Yield();
        }

        var invoking = InvokeAsync("request-1");
        var id = await _function.TakeAsync();
        using var accepted = await _function.PostAsync($"invocation/{id}/response", "1");

        Assert.Equal("1", Text(await invoking));
    }

    [Fact(Timeout = Timeout)]
    public async Task Other_paths_are_not_found()
    {
        using var answer = await _function.PostAsync("invocation/next", "");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static string Text(InvocationResult result) => Encoding.UTF8.GetString(result.Payload.Span);

    private static string Header(HttpResponseMessage message, string name) => message.Headers.GetValues(name).Single();

    private Task<InvocationResult> InvokeAsync(string id, string json = "{}") =>
        _api.InvokeAsync(id, Arn, Encoding.UTF8.GetBytes(json), TimeSpan.FromSeconds(3), Token);
}
