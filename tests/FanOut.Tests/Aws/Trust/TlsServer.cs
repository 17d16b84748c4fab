using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace FanOut.Tests.Aws.Trust;

/// <summary>An HTTPS server on 127.0.0.1 that answers each request with 200, and says under which name it was asked for.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpResponder _responder;
    private readonly X509Certificate2 _certificate;

    /// <param name="certificate">The server's certificate.</param>
    /// <param name="intermediates">What it sends beside it.</param>
    public TlsServer(X509Certificate2 certificate, X509Certificate2Collection? intermediates = null)
    {
        _certificate = certificate;
        SslStreamCertificateContext context = SslStreamCertificateContext.Create(certificate, intermediates ?? [], offline: true);
        _responder = new TcpResponder(async (stream, _) =>
        {
            await using SslStream tls = new(stream);
            try
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = context });
            }
            catch (AuthenticationException)
            {
                // The client did not like the certificate.
                return;
            }

            byte[] request = new byte[8192];
            if (await tls.ReadAsync(request) > 0)
            {
                await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
            }
        });
    }

    /// <summary>Connects to it, whatever the name that is asked for.</summary>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", _responder.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _responder.DisposeAsync();
        _certificate.Dispose();
    }
}
