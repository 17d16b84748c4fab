using System.Text;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.LocalCloud.Lambda;

public sealed class InvokeOperationTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingFunction _recorder = new();
    private readonly LambdaService _service;
    private readonly LambdaCaller _caller;

    public InvokeOperationTests()
    {
        _service = new(new() { TimeProvider = _time });
        _service.Add("recorder", _recorder);
        _caller = new(_service);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task An_event_is_taken_with_202_and_recorded_byte_for_byte()
    {
        var response = await _caller.InvokeAsync("recorder", "{ \"a\":1 }", "Event");

        Assert.Equal((202, 0), (response.Status, response.Body.Length));
        var recorded = Assert.Single(_recorder.Invocations);
        Assert.Equal(("{ \"a\":1 }", "Event", null), (Encoding.UTF8.GetString(recorded.Payload.Span), recorded.InvocationType, recorded.Qualifier));
    }

    [Fact]
    public async Task A_synchronous_invocation_answers_what_the_function_answers()
    {
        _service.Add("echo", new RecordingFunction(payload => new("id", payload)));

        var response = await _caller.InvokeAsync("echo", "[1,2]");

        Assert.Equal((200, "[1,2]"), (response.Status, Encoding.UTF8.GetString(response.Body.Span)));
        Assert.Equal("$LATEST", response.Headers["X-Amz-Executed-Version"]);
        Assert.False(response.Headers.ContainsKey("X-Amz-Function-Error"));
    }

    [Fact]
    public async Task A_function_that_fails_is_answered_with_200_and_the_error_header()
    {
        _service.Add("broken", new RecordingFunction(_ => new("id", "{\"errorMessage\":\"no\"}"u8.ToArray(), "Unhandled")));

        var response = await _caller.InvokeAsync("broken", "{}", "RequestResponse");

        Assert.Equal((200, "Unhandled"), (response.Status, response.Headers["X-Amz-Function-Error"]));
        Assert.Equal("{\"errorMessage\":\"no\"}", Encoding.UTF8.GetString(response.Body.Span));
    }

    [Fact]
    public async Task A_dry_run_invokes_nothing()
    {
        Assert.Equal(204, (await _caller.InvokeAsync("recorder", "{}", "DryRun")).Status);
        Assert.Empty(_recorder.Invocations);
    }

    [Theory]
    [InlineData("Event", LambdaLimits.AsynchronousRequest, 202)]
    [InlineData("RequestResponse", LambdaLimits.SynchronousRequest, 200)]
    public async Task A_payload_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(string type, int limit, int status)
    {
        Assert.Equal(status, (await _caller.InvokeAsync("recorder", Text(limit), type)).Status);
        var error = await Assert.ThrowsAsync<ServiceException>(() => _caller.InvokeAsync("recorder", Text(limit + 1), type));

        Assert.Equal((413, "RequestTooLargeException"), (error.Status, error.Code));
        Assert.Equal($"Request must be smaller than {limit} bytes for the InvokeFunction operation", error.Message);
        Assert.Single(_recorder.Invocations);

        static string Text(int size) => $"\"{new string('x', size - 2)}\"";
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("no")]
    [InlineData("{}{}")]
    public async Task A_payload_that_is_not_JSON_is_refused(string payload)
    {
        var error = await Assert.ThrowsAsync<ServiceException>(() => _caller.InvokeAsync("recorder", payload, "Event"));

        Assert.Equal((400, "InvalidRequestContentException"), (error.Status, error.Code));
    }

    [Theory]
    [InlineData("nobody", "Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody")]
    [InlineData("arn:aws:lambda:us-east-1:999999999999:function:recorder", "Function not found: arn:aws:lambda:us-east-1:999999999999:function:recorder")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:recorder", "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')")]
    public async Task An_unknown_function_is_not_found(string name, string message)
    {
        var error = await Assert.ThrowsAsync<ServiceException>(() => _caller.InvokeAsync(name, "{}"));

        Assert.Equal((404, "ResourceNotFoundException", message), (error.Status, error.Code, error.Message));
    }

    [Theory]
    [InlineData("recorder:live", "", "live", "$LATEST")]
    [InlineData("recorder", "Qualifier=live", "live", "$LATEST")]
    [InlineData("recorder:7", "Qualifier=7", "7", "7")]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:recorder:live", "", "live", "$LATEST")]
    public async Task Aliases_and_versions_are_accepted_in_the_name_and_beside_it(string name, string query, string qualifier, string version)
    {
        var response = await _caller.InvokeAsync(name, "{}", null, query);

        Assert.Equal(version, response.Headers["X-Amz-Executed-Version"]);
        Assert.Equal(qualifier, Assert.Single(_recorder.Invocations).Qualifier);
    }

    [Fact]
    public async Task Two_different_qualifiers_contradict_each_other()
    {
        var error = await Assert.ThrowsAsync<ServiceException>(() => _caller.InvokeAsync("recorder:live", "{}", null, "Qualifier=test"));

        Assert.Equal("InvalidParameterValueException", error.Code);
    }

    [Fact]
    public async Task A_bare_name_means_the_callers_own_account_and_region()
    {
        var theirs = new RecordingFunction();
        _service.Add("arn:aws:lambda:eu-west-1:999999999999:function:recorder", theirs);

        await new LambdaCaller(_service, "eu-west-1", "999999999999").InvokeAsync("recorder", "{}", "Event");

        Assert.Empty(_recorder.Invocations);
        Assert.Single(theirs.Invocations);
    }

    [Fact]
    public async Task A_removed_function_is_not_found()
    {
        Assert.True(_service.Remove("recorder"));

        await Assert.ThrowsAsync<ServiceException>(() => _caller.InvokeAsync("recorder", "{}"));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_event_that_fails_is_tried_again_after_one_minute_and_after_two_more()
    {
        var time = new EventSources.SteppedTime();
        await using var service = new LambdaService(new() { TimeProvider = time });
        var attempts = 0;
        var third = new TaskCompletionSource();
        service.Add("broken", new EventlessFunction(() =>
        {
            if (++attempts == 3)
            {
                third.SetResult();
            }

            return new("id", default, "Unhandled");
        }));

        await new LambdaCaller(service).InvokeAsync("broken", "{}", "Event");

        Assert.Equal(TimeSpan.FromMinutes(1), await time.StepAsync());
        Assert.Equal(TimeSpan.FromMinutes(2), await time.StepAsync());
        await third.Task;
    }

    private sealed class EventlessFunction(Func<InvocationResult> answer) : IFunctionInvoker
    {
        public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken) => Task.FromResult(answer());
    }
}
