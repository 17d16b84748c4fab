using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace FanOut.EndToEnd.Servers;

/// <summary>A server program that runs for the tests and ends with them, its child processes too.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int TailLines = 40;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly string _commandLine;
    private readonly Queue<string> _tail = new();
    private bool _hasStarted;

    private ServerProcess(ProcessStartInfo start, int port)
    {
        Port = port;
        _commandLine = string.Join(' ', [start.FileName, .. start.ArgumentList]);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    /// <summary>The port on 127.0.0.1 at which it accepts connections.</summary>
    public int Port { get; }

    /// <summary>Its address for HTTP.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{Port}");

    /// <summary>The last lines it wrote, standard output and error together.</summary>
    public string Output
    {
        get
        {
            lock (_tail)
            {
                return string.Join('\n', _tail);
            }
        }
    }

    /// <summary>Starts a program and waits until it accepts TCP connections.</summary>
    /// <param name="program">Its path, or its name on PATH.</param>
    /// <param name="arguments">Its arguments, which must make it listen on <paramref name="port"/> of 127.0.0.1.</param>
    /// <param name="port">The port, from <see cref="FreePort"/>.</param>
    /// <param name="environment">Variables to set besides the inherited ones.</param>
    /// <param name="workingDirectory">The folder it runs in; the temporary folder when null.</param>
    /// <param name="cancellationToken">Stops the waiting and the program.</param>
    /// <exception cref="ServerFailedException">It ended, or did not listen within a minute; the message has its last lines.</exception>
    public static async Task<ServerProcess> StartAsync(
        string program,
        IEnumerable<string> arguments,
        int port,
        IReadOnlyDictionary<string, string>? environment = null,
        string? workingDirectory = null,
        CancellationToken cancellationToken = default)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? Path.GetTempPath(),
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        ServerProcess server = new(start, port);
        try
        {
            await server.RunAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the program and every process it started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_hasStarted && !_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        _hasStarted = _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        long started = TimeProvider.System.GetTimestamp();
        while (!await AcceptsAsync(cancellationToken))
        {
            if (_process.HasExited)
            {
                // Also waits for the end of its output, which says why.
                await _process.WaitForExitAsync(cancellationToken);
                throw new ServerFailedException($"'{_commandLine}' ended with exit code {_process.ExitCode}; its last lines:", Output);
            }
            if (TimeProvider.System.GetElapsedTime(started) > StartLimit)
            {
                throw new ServerFailedException($"'{_commandLine}' does not listen on 127.0.0.1:{Port} after {StartLimit}; its last lines:", Output);
            }

            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_tail)
        {
            _tail.Enqueue(line);
            if (_tail.Count > TailLines)
            {
                _tail.Dequeue();
            }
        }
    }
}
