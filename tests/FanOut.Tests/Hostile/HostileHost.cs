using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FanOut.Tests.Hostile;

/// <summary>A host that answers over a plain socket whatever it is told to, and counts what the other side let it send.</summary>
internal sealed class HostileHost : IAsyncDisposable
{
    // Protects the machine of the tests from a client that takes all.
    private const long MostBytes = 512L * 1024 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<HostileAnswer, Task> _answer;
    private readonly Task _accepting;
    private long _sent;
    private int _connections;

    private HostileHost(Func<HostileAnswer, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Endpoint => new($"http://127.0.0.1:{Port}/");

    /// <summary>The bytes that it could send, what lies in the sockets' buffers included.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>How often it was connected to.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Starts one.</summary>
    /// <param name="answer">Answers one connection.</param>
    public static HostileHost Start(Func<HostileAnswer, Task> answer) => new(answer);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> all = [];
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                all.Add(Task.Run(() => ServeAsync(socket)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(all);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            await using var stream = new NetworkStream(socket);
            try
            {
                await _answer(new HostileAnswer(stream, CountAsync, _stopping.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client has had enough, which is what the tests are for.
            }
        }

        void CountAsync(int bytes)
        {
            if (Interlocked.Add(ref _sent, bytes) > MostBytes)
            {
                throw new IOException("The client takes everything.");
            }
        }
    }
}

/// <summary>One answer of a hostile host, as it is written.</summary>
internal sealed class HostileAnswer(Stream stream, Action<int> count, CancellationToken stopping)
{
    /// <summary>What the client sends.</summary>
    public Stream Stream => stream;

    /// <summary>Cancelled when the test ends.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>Sends a text.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends bytes.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        count(bytes.Length);
        await stream.WriteAsync(bytes, stopping);
    }

    /// <summary>Sends a text again and again, as fast as the client takes it.</summary>
    public async Task SendForEverAsync(string text)
    {
        byte[] some = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(text, Math.Max(1, 65_536 / text.Length))));
        while (true)
        {
            await SendAsync(some);
        }
    }

    /// <summary>Sends nothing more and keeps the connection.</summary>
    public Task StallAsync() => new TaskCompletionSource().Task.WaitAsync(stopping);
}
