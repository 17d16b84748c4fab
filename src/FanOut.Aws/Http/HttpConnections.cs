using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography.X509Certificates;
using FanOut.Aws.Signing;
using FanOut.Aws.Trust;

namespace FanOut.Aws.Http;

/// <summary>The connections to endpoints that users name, and the requests that go over them.</summary>
/// <remarks>
/// They follow no redirection, keep no cookies, unpack no answers, take no proxy from the environment, and are opened only to addresses that may be connected to.
/// Certificates are checked as those of all other hosts, see <see cref="ServerTrust"/>.
/// </remarks>
public sealed class HttpConnections : IDisposable
{
    // What is read of an answer without success, and how long it may take: its text is only shown to people. More than that, so that a header's value which it quotes is recognised whole.
    private const int MostOfText = 16 * 1024;
    private static readonly TimeSpan LongestForText = TimeSpan.FromSeconds(1);

    // A day, so that a wrong date does not become a pause for ever.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly Lazy<HttpMessageInvoker> _http;
    private readonly bool _isOwn;

    /// <summary>Connections of the process's own.</summary>
    /// <param name="rules">Which addresses may be connected to.</param>
    /// <param name="time">The clock.</param>
    public HttpConnections(AddressRules rules, TimeProvider time)
        : this(rules, time, static () => ServerTrust.Instance, static (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken))
    {
    }

    /// <summary>Those of others: of a test, or of whoever only writes requests down.</summary>
    /// <param name="http">Sends the requests; it is not disposed of.</param>
    /// <param name="time">The clock.</param>
    public HttpConnections(HttpMessageInvoker http, TimeProvider time) => (_http, _time) = (new Lazy<HttpMessageInvoker>(http), time);

    /// <summary>Connections of the process's own, for tests that say whom to trust and what a name's addresses are.</summary>
    internal HttpConnections(AddressRules rules, TimeProvider time, Func<ServerTrust> trust, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (_time, _isOwn) = (time, true);

        // Made at the first use, because AWS_CA_BUNDLE may be wrong.
        _http = new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(Handler(rules, trust(), resolve)), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>What such connections are made of.</summary>
    internal static HttpMessageHandler Handler(AddressRules rules, ServerTrust trust, Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        SharedHttpClientFactory.Connections(trust, pool => Shape(pool, new CheckedConnect(rules, resolve)));

    /// <summary>Sends a POST, and reads its status and the beginning of what is wrong.</summary>
    /// <exception cref="HttpRequestException">There was no connection, or it broke; within it <see cref="AddressRefusedException"/> where none may be opened.</exception>
    /// <exception cref="FormatException"><c>AWS_CA_BUNDLE</c> names a file that cannot be read or has no certificate.</exception>
    public async Task<HttpReply> PostAsync(HttpPost post, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(post);
        using HttpRequestMessage request = RequestOf(post);
        using HttpResponseMessage response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        int status = (int)response.StatusCode;

        // What follows a status of success is not waited for: the records are taken.
        return response.IsSuccessStatusCode ? new HttpReply(status) : new HttpReply(status)
        {
            RetryAfter = RetryAfterOf(response),
            Location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? OutsideText.Cut(HttpReplyText.OneLine(values.ToString(), post.Hidden), OutsideText.MostOfWord) : null,
            Excerpt = await ReadBeginningAsync(response, post.Hidden, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Does ahead of the first connection what is slow in it: reads the system's store of authorities, where hosts need it.</summary>
    /// <param name="hosts">The hosts that will be called.</param>
    public static void Prepare(IEnumerable<string> hosts)
    {
        if (!hosts.All(AwsDomains.Have))
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.Build(AmazonRoots.Read()[0]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOwn && _http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

    private static void Shape(SocketsHttpHandler pool, CheckedConnect connect)
    {
        pool.ConnectCallback = connect.ConnectAsync;

        // A proxy would resolve the names itself, and connect to what it likes.
        pool.UseProxy = false;

        // The system's store is read within the first connection: a third of a second of a whole processor, of which a small function has a fourteenth.
        pool.ConnectTimeout = TimeSpan.FromSeconds(10);

        // So that a change of a name's addresses is noticed.
        pool.PooledConnectionLifetime = TimeSpan.FromMinutes(5);

        // The rest of an answer, which nobody reads, is taken from the connection, so that the next request can have it.
        pool.MaxResponseDrainSize = 64 * 1024;
        pool.ResponseDrainTimeout = TimeSpan.FromSeconds(1);
    }

    private static HttpRequestMessage RequestOf(HttpPost post)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, post.Url) { Content = new BodyContent(post.Body, post.ContentType) };
        request.Headers.TryAddWithoutValidation("User-Agent", "fanout/1");
        if (TraceId.OfInvocation() is { } trace)
        {
            request.Headers.TryAddWithoutValidation("X-Amzn-Trace-Id", trace);
        }

        foreach ((string name, string value) in post.Headers)
        {
            // .NET keeps headers such as Content-Type with the body, and takes them nowhere else.
            HttpHeaders headers = request.Content.Headers.NonValidated.Contains(name) ? request.Content.Headers : request.Headers;
            if (headers.NonValidated.Contains(name))
            {
                headers.Remove(name);
            }

            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.Value.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (cancellationToken.IsCancellationRequested)
        {
            // What breaks when a call is given up is no fault of the endpoint.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OperationCanceledException e) when (e.InnerException is not null && !cancellationToken.IsCancellationRequested)
        {
            // The time to connect was up.
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    // https://www.rfc-editor.org/rfc/rfc9110#field.retry-after: seconds, or a date, which is by the endpoint's clock.
    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        TimeSpan? pause = response.Headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            { Date: { } date } => date - (response.Headers.Date ?? _time.GetUtcNow()),

            // .NET reads no more seconds than an int holds.
            null when response.Headers.TryGetValues("Retry-After", out IEnumerable<string>? texts) && texts.First() is { Length: > 0 } text && text.All(char.IsAsciiDigit) => LongestRetryAfter,
            _ => null,
        };
        return pause > TimeSpan.Zero ? pause < LongestRetryAfter ? pause : LongestRetryAfter : null;
    }

    private async Task<string> ReadBeginningAsync(HttpResponseMessage response, IReadOnlyList<string> hidden, CancellationToken cancellationToken)
    {
        byte[] beginning = new byte[MostOfText];
        int length = 0;
        using var late = new CancellationTokenSource(LongestForText, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            Stream stream = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            for (int read = -1; read != 0 && length < beginning.Length; length += read)
            {
                read = await stream.ReadAsync(beginning.AsMemory(length), either.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The status is what counts; of its text there is what has come.
        }

        return OutsideText.Cut(HttpReplyText.OneLine(System.Text.Encoding.UTF8.GetString(beginning, 0, length), hidden), HttpReplyText.Most);
    }
}
