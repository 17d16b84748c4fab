using System.Diagnostics;
using System.Globalization;
using System.Text;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.Benchmarks.Billing;

/// <summary>A function's process as Lambda runs it: it starts at full speed, then it gets the processor time of its memory.</summary>
internal sealed class MeasuredFunction : IAsyncDisposable
{
    private const string FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly Workload _workload;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ProcessorGroup? _group;
    private readonly RuntimeApi _api;
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly long _started;
    private string _lastLine = "";
    private int _invocations;

    private MeasuredFunction(Workload workload, string name, ProcessStartInfo start, ProcessorGroup? group, RuntimeApi api, TimeProvider time)
    {
        (_workload, _name, _group, _api, _time) = (workload, name, group, api, time);
        _started = time.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lastLine = line.Data ?? _lastLine;
        _process.BeginOutputReadLine();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Measures a workload with a process of its own.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="stream">The ARN of the stream that its records are of.</param>
    /// <param name="command">The program and its arguments, and the folder it runs in.</param>
    /// <param name="variables">What it needs to know.</param>
    /// <param name="isLimited">Whether it gets the processor time of its memory only.</param>
    /// <param name="time">The clock.</param>
    public static async Task<WorkloadFigures> MeasureAsync(
        Workload workload,
        string name,
        string stream,
        (string Command, string Folder) command,
        IEnumerable<KeyValuePair<string, string>> variables,
        bool isLimited,
        TimeProvider time)
    {
        using ProcessorGroup? group = isLimited ? new ProcessorGroup($"fanout-{Environment.ProcessId}-function") : null;
        await using RuntimeApi api = RuntimeApi.Start(time);
        await using var function = new MeasuredFunction(workload, name, StartOf(workload, name, command, group, api, variables), group, api, time);
        return await function.MeasureAsync(stream);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartOf(
        Workload workload, string name, (string Command, string Folder) command, ProcessorGroup? group, RuntimeApi api, IEnumerable<KeyValuePair<string, string>> variables)
    {
        string join = string.Concat(group?.Doors.Select(static d => $"echo $$ > {d}; ") ?? []);
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{join}exec {command.Command}"])
        {
            WorkingDirectory = command.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        KeyValuePair<string, string>[] own =
        [
            new("AWS_LAMBDA_RUNTIME_API", api.Authority),
            new("AWS_LAMBDA_FUNCTION_NAME", name),
            new("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            new("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", workload.Memory.ToString(CultureInfo.InvariantCulture)),
            new("AWS_REGION", "us-east-1"),
            new("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE000000000"),
            new("AWS_SECRET_ACCESS_KEY", "secret"),
            new("AWS_SESSION_TOKEN", "token"),
        ];
        // Nothing of this machine's environment, in which other certificates may be trusted or another region be meant.
        string? path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        string[] variable = workload.Variable?.Split('=', 2) ?? [];
        foreach ((string key, string value) in own.Concat(variables).Concat(variable.Length == 2 ? [new(variable[0], variable[1])] : []))
        {
            start.Environment[key] = value;
        }

        return start;
    }

    private TimeSpan Used
    {
        get
        {
            _process.Refresh();
            return _group?.Used ?? _process.TotalProcessorTime;
        }
    }

    private async Task<WorkloadFigures> MeasureAsync(string stream)
    {
        await AskedAsync();
        TimeSpan init = _time.GetElapsedTime(_started);
        _group?.Limit(_workload.Share);
        TimeSpan first = await InvokeAsync(stream);

        // The original is compiled while it runs.
        for (int i = 0; i < (_workload.IsOriginal ? 8 : 2); i++)
        {
            await InvokeAsync(stream);
        }

        List<TimeSpan> billed = [];
        TimeSpan before = Used;
        for (TimeSpan all = TimeSpan.Zero; billed.Count < 5 || (billed.Count < 25 && all < TimeSpan.FromSeconds(2)); all += billed[^1])
        {
            billed.Add(await InvokeAsync(stream));
        }

        await AskedAsync();
        TimeSpan processor = (Used - before) / billed.Count;
        return new WorkloadFigures(init, first, WorkloadFigures.Median(billed), processor, Peak());
    }

    private async Task<TimeSpan> InvokeAsync(string stream)
    {
        byte[] batch = Samples.Kinesis(_workload.Records, _workload.Size, stream, _time.GetUtcNow() - _workload.Age);
        await AskedAsync();
        string id = $"{++_invocations}";
        long started = _time.GetTimestamp();
        InvocationResult answer = await _api.InvokeAsync(id, FunctionArn + _name, batch, Timeout, CancellationToken.None).WaitAsync(Timeout, _time);
        TimeSpan taken = _time.GetElapsedTime(started);
        return answer.IsSuccess ? taken : throw new InvalidOperationException($"The function failed: {Encoding.UTF8.GetString(answer.Payload.Span)} {_lastLine}");
    }

    private async Task AskedAsync()
    {
        Task asked = _api.WhenAskedAsync(), ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(asked, ended).WaitAsync(Timeout, _time) == ended)
        {
            throw new InvalidOperationException($"The function's process has ended with {_process.ExitCode}: {await _errors}");
        }
    }

    private int Peak()
    {
        _process.Refresh();
        return (int)(_process.PeakWorkingSet64 / (1024 * 1024));
    }
}
