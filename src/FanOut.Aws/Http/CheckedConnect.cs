using System.Net;
using System.Net.Sockets;

namespace FanOut.Aws.Http;

/// <summary>Opens connections only to addresses that may be connected to.</summary>
/// <remarks>
/// The address that was judged is the one that is connected to: a name that is resolved to another one a moment later (DNS rebinding) gains nothing by it.
/// </remarks>
/// <param name="rules">Which addresses may be connected to.</param>
/// <param name="resolve">Finds the addresses of a name, or reads one that is an address.</param>
internal sealed class CheckedConnect(AddressRules rules, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>Connects; for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="AddressRefusedException">None of the host's addresses may be connected to.</exception>
    /// <exception cref="SocketException">The name has no address, or none of them accepts a connection.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        DnsEndPoint host = context.DnsEndPoint;
        IPAddress[] addresses = await resolve(host.Host, cancellationToken).ConfigureAwait(false);
        SocketException? failure = null;
        AddressRefusedException? refusal = null;
        foreach (IPAddress address in addresses)
        {
            if (rules.WhyNot(address) is { } why)
            {
                refusal ??= new AddressRefusedException(host.Host, address.ToString(), why);
                continue;
            }

            try
            {
                return await ConnectAsync(new IPEndPoint(address, host.Port), cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                failure = e;
            }
        }

        throw (Exception?)failure ?? refusal ?? (Exception)new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint to, CancellationToken cancellationToken)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
