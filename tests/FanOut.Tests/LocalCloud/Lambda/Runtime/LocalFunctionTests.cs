using System.Text.Json;
using FanOut.LocalCloud.Lambda.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.LocalCloud.Lambda.Runtime;

public sealed class LocalFunctionTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_process_stays_warm_from_one_invocation_to_the_next()
    {
        await using var python = PythonFunction.StartOrSkip();

        var first = await python.DoAsync("""{"do":"echo","n":1}""");
        var second = await python.DoAsync("""{"do":"echo","n":2}""");

        Assert.Equal((null, null), (first.Error, second.Error));
        Assert.Equal(Pid(first.Payload), Pid(second.Payload));
        Assert.Equal("{\"do\": \"echo\", \"n\": 2}", JsonDocument.Parse(second.Payload).RootElement.GetProperty("event").GetRawText());
        Assert.Equal(1, python.Function.ProcessesStarted);
        Assert.Equal([Pid(first.Payload)], python.Function.ProcessIds);
        Assert.Contains("cold start of scripted", python.Function.Log.Lines);
        Assert.InRange(python.Function.PeakResidentBytes, 1_000_000, 1_000_000_000);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_environment_is_Lambdas_and_nothing_of_ours_leaks_into_it()
    {
        Environment.SetEnvironmentVariable("FANOUT_TEST_LEAK", "secret");
        await using var python = PythonFunction.StartOrSkip(options => options with
        {
            EndpointUrl = new("http://127.0.0.1:1234"),
            MemorySize = 512,
            Region = "cn-north-1",
            Environment = new Dictionary<string, string> { ["FANOUT_TABLE"] = "targets", ["TZ"] = "UTC" },
        });

        var (_, payload) = await python.DoAsync("""{"do":"environment"}""");

        var environment = JsonDocument.Parse(payload).RootElement;
        Assert.Equal("scripted", environment.GetProperty("AWS_LAMBDA_FUNCTION_NAME").GetString());
        Assert.Equal("$LATEST", environment.GetProperty("AWS_LAMBDA_FUNCTION_VERSION").GetString());
        Assert.Equal("512", environment.GetProperty("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").GetString());
        Assert.Equal("cn-north-1", environment.GetProperty("AWS_REGION").GetString());
        Assert.Equal("http://127.0.0.1:1234", environment.GetProperty("AWS_ENDPOINT_URL").GetString());
        Assert.Equal("ASIALOCALCLOUD000000", environment.GetProperty("AWS_ACCESS_KEY_ID").GetString());
        Assert.Equal("bootstrap", environment.GetProperty("_HANDLER").GetString());
        Assert.True(environment.TryGetProperty("AWS_SESSION_TOKEN", out _));
        Assert.True(environment.TryGetProperty("LAMBDA_TASK_ROOT", out _));
        Assert.Equal(("targets", "UTC"), (environment.GetProperty("FANOUT_TABLE").GetString(), environment.GetProperty("TZ").GetString()));
        Assert.False(environment.TryGetProperty("FANOUT_TEST_LEAK", out _));
        Assert.Equal("arn:aws-cn:lambda:cn-north-1:123456789012:function:scripted", python.Function.Arn);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_reported_error_leaves_the_process_warm()
    {
        await using var python = PythonFunction.StartOrSkip();

        Assert.Equal(("Unhandled", "{\"errorType\":\"E\",\"errorMessage\":\"no\"}"), await python.DoAsync("""{"do":"error"}"""));
        Assert.Null((await python.DoAsync("""{"do":"echo"}""")).Error);
        Assert.Equal(1, python.Function.ProcessesStarted);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(3, "Runtime exited with error: exit status 3")]
    [InlineData(0, "Runtime exited without providing a reason")]
    public async Task A_process_that_exits_fails_its_invocation_and_the_next_one_starts_anew(int code, string message)
    {
        await using var python = PythonFunction.StartOrSkip();

        var failed = await python.DoAsync($$"""{"do":"exit","code":{{code}}}""");
        var next = await python.DoAsync("""{"do":"echo"}""");

        Assert.Equal("Unhandled", failed.Error);
        Assert.Contains("Runtime.ExitError", failed.Payload, StringComparison.Ordinal);
        Assert.Contains(message, failed.Payload, StringComparison.Ordinal);
        Assert.Contains("last words", python.Function.Log.Lines);
        Assert.Null(next.Error);
        Assert.Equal(2, python.Function.ProcessesStarted);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_invocation_beyond_the_timeout_fails_and_its_process_is_killed()
    {
        var time = new FakeTimeProvider();
        await using var python = PythonFunction.StartOrSkip(options => options with { Timeout = TimeSpan.FromSeconds(3) }, time);
        var hanging = python.DoAsync("""{"do":"hang"}""");
        await python.WaitForLineAsync("doing hang");
        var process = Assert.Single(python.Function.ProcessIds);

        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(hanging.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        var (error, payload) = await hanging;

        Assert.Equal("Unhandled", error);
        Assert.Matches("\"errorMessage\":\"RequestId: [0-9a-f-]{36} Error: Task timed out after 3.00 seconds\"", payload);
        Assert.Empty(python.Function.ProcessIds);
        var next = await python.DoAsync("""{"do":"echo"}""");
        Assert.NotEqual(process, Pid(next.Payload));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_killed_process_fails_its_invocation_and_is_replaced()
    {
        await using var python = PythonFunction.StartOrSkip();
        var hanging = python.DoAsync("""{"do":"hang"}""");
        await python.WaitForLineAsync("doing hang");

        python.Function.Kill();

        Assert.Contains("signal: killed", (await hanging).Payload, StringComparison.Ordinal);
        Assert.Null((await python.DoAsync("""{"do":"echo"}""")).Error);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_killed_between_invocations_harms_none()
    {
        await using var python = PythonFunction.StartOrSkip();
        await python.DoAsync("""{"do":"echo"}""");

        python.Function.Kill();

        Assert.Null((await python.DoAsync("""{"do":"echo"}""")).Error);
        Assert.Equal(2, python.Function.ProcessesStarted);
    }

    [Fact(Timeout = Timeout)]
    public async Task Giving_an_invocation_up_kills_its_process()
    {
        await using var python = PythonFunction.StartOrSkip();
        using var leaving = new CancellationTokenSource();
        var hanging = python.Function.InvokeAsync("""{"do":"hang"}"""u8.ToArray(), leaving.Token);
        await python.WaitForLineAsync("doing hang");

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.Empty(python.Function.ProcessIds);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("INIT_ERROR", "{\"errorType\":\"Init\",\"errorMessage\":\"no table\"}", "no table")]
    [InlineData("INIT_EXIT", "7", "Runtime exited with error: exit status 7")]
    public async Task A_process_that_cannot_start_fails_the_invocation_with_its_reason(string variable, string value, string text)
    {
        await using var python = PythonFunction.StartOrSkip(
            options => options with { Environment = new Dictionary<string, string> { [variable] = value } });

        var (error, payload) = await python.DoAsync("""{"do":"echo"}""");

        Assert.Equal("Unhandled", error);
        Assert.Contains(text, payload, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Each_concurrent_invocation_has_its_own_process_up_to_the_concurrency()
    {
        await using var python = PythonFunction.StartOrSkip(options => options with { Concurrency = 2 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => python.DoAsync($$"""{"do":"echo","n":{{n}}}""")));

        Assert.All(answers, answer => Assert.Null(answer.Error));
        Assert.InRange(answers.Select(answer => Pid(answer.Payload)).Distinct().Count(), 1, 2);
        Assert.InRange(python.Function.ProcessesStarted, 1, 2);
    }

    [Fact]
    public void A_program_that_is_not_there_is_told_at_once()
    {
        var missing = Path.Combine(Path.GetTempPath(), "no-such-function", "bootstrap");

        var error = Assert.Throws<FileNotFoundException>(() => new LocalFunction(new() { Name = "f", Program = missing }));

        Assert.Contains("no-such-function", error.Message, StringComparison.Ordinal);
    }

    private static int Pid(string payload) => JsonDocument.Parse(payload).RootElement.GetProperty("pid").GetInt32();
}
