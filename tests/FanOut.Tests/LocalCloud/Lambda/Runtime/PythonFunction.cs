using System.Text;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.Tests.LocalCloud.Lambda.Runtime;

/// <summary>
/// A function as a real process: a Python script that does what the event says. <c>{"do": "echo" | "environment" | "error" | "exit" |
/// "hang" | "wait"}</c>; tests that need it are skipped where there is no Python.
/// </summary>
internal sealed class PythonFunction : IAsyncDisposable
{
    private const string Script = """
        import http.client, json, os, signal, sys
        gate = os.path.join(os.path.dirname(__file__), "gate")
        try: os.mkfifo(gate)
        except FileExistsError: pass
        def say(text): print(text, flush=True)
        api, base = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"]), "/2018-06-01/runtime/"
        def call(method, path, body=None):
            api.request(method, base + path, body)
            answer = api.getresponse()
            return answer, answer.read()
        say("cold start of " + os.environ["AWS_LAMBDA_FUNCTION_NAME"])
        if "INIT_EXIT" in os.environ: sys.exit(int(os.environ["INIT_EXIT"]))
        if "INIT_ERROR" in os.environ:
            call("POST", "init/error", os.environ["INIT_ERROR"])
            sys.exit(1)
        while True:
            answer, event = call("GET", "invocation/next")
            request, event = answer.getheader("Lambda-Runtime-Aws-Request-Id"), json.loads(event)
            do = event["do"]
            say("doing " + do)
            if do == "exit":
                print("last words", file=sys.stderr, flush=True)
                sys.exit(event["code"])
            if do == "hang": signal.pause()
            if do == "wait":
                with open(gate) as opened: opened.read()
                call("POST", f"invocation/{request}/response", "1")
            if do == "error": call("POST", f"invocation/{request}/error", '{"errorType":"E","errorMessage":"no"}')
            if do == "environment": call("POST", f"invocation/{request}/response", json.dumps(dict(os.environ)))
            if do == "echo": call("POST", f"invocation/{request}/response", json.dumps({"pid": os.getpid(), "event": event}))
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fanout-function-");

    private PythonFunction(string python, Func<LocalFunctionOptions, LocalFunctionOptions> adapt, TimeProvider time)
    {
        var script = Path.Combine(_folder.FullName, "function.py");
        File.WriteAllText(script, Script);
        var options = new LocalFunctionOptions { Name = "scripted", Program = python, Arguments = [script], Timeout = TimeSpan.FromSeconds(30) };
        Function = new(adapt(options), time);
    }

    public LocalFunction Function { get; }

    public static PythonFunction StartOrSkip(Func<LocalFunctionOptions, LocalFunctionOptions>? adapt = null, TimeProvider? time = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a Unix system.");
        if (ProgramRun.Find("python3") is not { } python)
        {
            ServerMissing.EndTest("python3", "apt-get install python3");
            return null;
        }

        return new(python, adapt ?? (options => options), time ?? TimeProvider.System);
    }

    public async Task<(string? Error, string Payload)> DoAsync(string json)
    {
        var result = await InvokeAsync(json);
        return (result.FunctionError, Encoding.UTF8.GetString(result.Payload.Span));
    }

    public Task<InvocationResult> InvokeAsync(string json) =>
        Function.InvokeAsync(Encoding.UTF8.GetBytes(json), TestContext.Current.CancellationToken);

    /// <summary>Lets an invocation that waits go on.</summary>
    public void Release() => File.WriteAllText(Path.Combine(_folder.FullName, "gate"), "");

    /// <summary>Waits until the function has written a line.</summary>
    public async Task WaitForLineAsync(string line)
    {
        while (!Function.Log.Lines.Contains(line))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Function.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
