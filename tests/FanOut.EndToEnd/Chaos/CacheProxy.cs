using System.Net;
using System.Net.Sockets;
using System.Text;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Chaos;

/// <summary>Stands between the function and a real cache, hands on one command after the other, and lets them go wrong.</summary>
internal sealed class CacheProxy : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<Socket> _open = [];
    private readonly List<Task> _serving = [];
    private readonly List<string> _taken = [];
    private readonly ICacheWire _wire;
    private readonly int _server;
    private TcpListener? _listener;
    private Func<string, Trouble?> _judge = static _ => null;

    /// <summary>Starts it.</summary>
    /// <param name="wire">The cache's protocol.</param>
    /// <param name="server">The cache's port on 127.0.0.1.</param>
    public CacheProxy(ICacheWire wire, int server)
    {
        (_wire, _server) = (wire, server);
        Port = FreePort.Pick();
        Listen();
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The writes that the cache answered, in their order.</summary>
    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (_gate)
            {
                return [.. _taken];
            }
        }
    }

    /// <summary>From now on writes go wrong.</summary>
    /// <param name="judge">Says of each write, in order, what happens to it; null: nothing.</param>
    public void Judge(Func<string, Trouble?> judge)
    {
        lock (_gate)
        {
            _judge = judge;
        }
    }

    /// <summary>From now on nothing goes wrong.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            _judge = static _ => null;
            if (_listener is null)
            {
                Listen();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Refuse();
        Task[] serving;
        lock (_gate)
        {
            serving = [.. _serving];
        }

        await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private void Listen()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        TcpListener listener = _listener;
        _serving.Add(Task.Run(() => AcceptAsync(listener)));
    }

    /// <summary>No connection is accepted any more, and those that are open break.</summary>
    private void Refuse()
    {
        lock (_gate)
        {
            _listener?.Stop();
            _listener = null;
            foreach (Socket socket in _open)
            {
                Break(socket);
            }

            _open.Clear();
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                Socket client = await listener.AcceptSocketAsync(_end.Token);
                lock (_gate)
                {
                    if (_listener != listener)
                    {
                        Break(client);
                        return;
                    }

                    _open.Add(client);
                    _serving.RemoveAll(static s => s.IsCompleted);
                    _serving.Add(Task.Run(() => ServeAsync(client)));
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody is accepted any more.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
            var commands = new Inbox(client, _end.Token);
            var answers = new Inbox(server, _end.Token);
            while (await commands.TakeAsync(b => _wire.CommandLength(b)) is { } command)
            {
                bool isWrite = _wire.IsWrite(command);
                Trouble? trouble = isWrite ? JudgementOf(command) : null;
                if (!await HandAsync(command, isWrite, trouble, client, server, answers))
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of the two has left.
        }
        finally
        {
            Break(client);
            lock (_gate)
            {
                _open.Remove(client);
            }
        }
    }

    private Trouble? JudgementOf(byte[] command)
    {
        lock (_gate)
        {
            return _judge(Encoding.UTF8.GetString(command));
        }
    }

    /// <summary>Hands a command on, or not; says whether the connection is still of use.</summary>
    private async Task<bool> HandAsync(byte[] command, bool isWrite, Trouble? trouble, Socket client, Socket server, Inbox answers)
    {
        byte[]? answer = null;
        if (trouble is null || trouble.Value.HasEffect())
        {
            await server.SendAsync(command, _end.Token);
            answer = await answers.TakeAsync(b => _wire.AnswerLength(b));
            if (answer is null)
            {
                return false;
            }

            if (isWrite)
            {
                lock (_gate)
                {
                    _taken.Add(Encoding.UTF8.GetString(command));
                }
            }
        }

        switch (trouble)
        {
            case Trouble.Timeout or Trouble.Hang:
                // Until the client leaves.
                while (await client.ReceiveAsync(new byte[4096], _end.Token) > 0)
                {
                }

                return false;
            case Trouble.Reset or Trouble.ResetAfterEffect:
                return false;
            case Trouble.Deleted:
                Refuse();
                return false;
            case Trouble.ResetInAnswer:
                await client.SendAsync(Encoding.ASCII.GetBytes(_wire.AnswerOf(Trouble.ResetInAnswer)), _end.Token);
                return false;
            default:
                await client.SendAsync(answer is not null && trouble is null ? answer : Encoding.ASCII.GetBytes(_wire.AnswerOf(trouble!.Value)), _end.Token);
                return true;
        }
    }

    // A reset, not an orderly end.
    private static void Break(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }
}
