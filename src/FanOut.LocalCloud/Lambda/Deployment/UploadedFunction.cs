using System.ComponentModel;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.LocalCloud.Lambda.Deployment;

/// <summary>A function, or a version of one, whose code came over the API. Thread-safe.</summary>
internal sealed class UploadedFunction : IFunctionInvoker, IAsyncDisposable
{
    // Linux's ETXTBSY: while the file was written, another thread of this process started a program, which still has the file open.
    private const int TextFileBusy = 26;
    private const int MostStarts = 50;

    private readonly FunctionHost _host;
    private readonly string _arn;
    private readonly string _version;
    private readonly FunctionOutput _output;
    private volatile IFunctionInvoker _program;

    public UploadedFunction(FunctionHost host, string arn, string version, LambdaFunctionConfiguration configuration, FunctionPackage package)
    {
        (_host, _arn, _version) = (host, arn, version);
        _output = host.Output(arn, version, configuration);
        _program = Make(configuration, package);
    }

    /// <summary>The processes; null while nothing can be started.</summary>
    public LocalFunction? Processes => _program as LocalFunction;

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
    {
        for (var start = 1; ; start++)
        {
            try
            {
                return await _program.InvokeAsync(eventJson, cancellationToken).ConfigureAwait(false);
            }
            catch (Win32Exception busy) when (busy.NativeErrorCode == TextFileBusy && start < MostStarts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            catch (Win32Exception e)
            {
                return await new FailingFunction("Runtime.InvalidEntrypoint", $"fork/exec /var/task/bootstrap: {e.Message}")
                    .InvokeAsync(eventJson, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The function as a published version, which does not change any more.</summary>
    public UploadedFunction At(string version, FunctionRevision revision) => new(_host, _arn, version, revision.Configuration, revision.Package!);

    /// <summary>Changes code and configuration; invocations in progress are not disturbed.</summary>
    /// <returns>Completes when the idle processes have ended.</returns>
    public async Task UpdateAsync(LambdaFunctionConfiguration configuration, FunctionPackage package)
    {
        _output.Configuration = configuration;
        var program = DeployedProgram.Of(configuration, package, _host.Arm64Emulator);
        if (program.Fault is null && _program is LocalFunction running)
        {
            await running.UpdateAsync(_host.Options(_arn, _version, configuration, program, _output)).ConfigureAwait(false);
            return;
        }

        var before = _program;
        _program = Make(configuration, package);
        if (before is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends all processes; their further output is lost.</summary>
    public ValueTask DisposeAsync()
    {
        _output.Close();
        return _program is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;
    }

    private IFunctionInvoker Make(LambdaFunctionConfiguration configuration, FunctionPackage package)
    {
        var program = DeployedProgram.Of(configuration, package, _host.Arm64Emulator);
        return program.Fault is { } fault
            ? new FailingFunction(fault.Type, fault.Message)
            : new LocalFunction(_host.Options(_arn, _version, configuration, program, _output), _host.Time);
    }
}
