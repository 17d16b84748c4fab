using System.Net;
using System.Net.Sockets;

namespace FanOut.EndToEnd.Chaos;

/// <summary>A port that accepts no connection and refuses none: its queue is full, and who comes now waits.</summary>
internal sealed class DeafHost : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    public DeafHost()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        for (int i = 0; i < 4; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                socket.Connect(IPAddress.Loopback, Port);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // It waits.
            }

            _waiting.Add(socket);
        }
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Dispose()
    {
        _waiting.ForEach(static s => s.Dispose());
        _listener.Dispose();
    }
}
