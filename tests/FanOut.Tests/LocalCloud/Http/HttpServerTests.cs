using System.Net;
using System.Net.Sockets;
using System.Text;
using FanOut.LocalCloud.Http;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.LocalCloud.Http;

public sealed class HttpServerTests : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly FakeTimeProvider _time = new();
    private HttpServer? _server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await (_server?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task A_server_can_be_stopped_at_any_moment_even_between_two_clients()
    {
        // The moment is a matter of luck: with 1 in 1,000 that fails, one of these does.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++)
            {
                await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(new HttpResponse()));
                using Socket client = new(SocketType.Stream, ProtocolType.Tcp);
                await client.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port, TestContext.Current.CancellationToken);
            }
        })));
    }

    [Fact]
    public async Task A_request_reaches_the_handler_with_method_raw_path_query_headers_and_body()
    {
        HttpRequest? seen = null;
        Uri endpoint = Start(request =>
        {
            seen = request;
            return HttpResponse.Text(202, "text/plain", "hello");
        });
        using StringContent content = new("body");
        content.Headers.Add("X-Amz-Target", "A.B");

        using HttpResponseMessage answer = await _client.PutAsync(new Uri(endpoint, "/a%2Fb/c?q=1%202&flag"), content, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("hello", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(("PUT", "/a%2Fb/c", "q=1%202&flag", "body"), (seen!.Method, seen.Path, seen.Query, seen.Text));
        Assert.Equal("A.B", seen.Header("x-amz-target"));
        Assert.Equal(("1 2", "", null), (seen.QueryValue("q"), seen.QueryValue("flag"), seen.QueryValue("none")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(6 * 1024 * 1024)]
    public async Task Bodies_of_any_size_come_back_as_sent_with_a_length_or_in_chunks(int size)
    {
        byte[] body = new byte[size];
        new Random(1).NextBytes(body);
        Uri endpoint = Start(request => HttpResponse.Bytes(200, "application/octet-stream", request.Body));
        foreach (bool chunked in (bool[])[false, true])
        {
            using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
            request.Headers.TransferEncodingChunked = chunked;

            using HttpResponseMessage answer = await _client.SendAsync(request, Cancellation);

            byte[] back = await answer.Content.ReadAsByteArrayAsync(Cancellation);
            Assert.True(body.AsSpan().SequenceEqual(back));
        }
    }

    [Fact]
    public async Task A_client_that_expects_100_continue_gets_it_before_it_sends_the_body()
    {
        Uri endpoint = Start(request => HttpResponse.Text(200, "text/plain", request.Text));
        using TcpClient raw = new();
        await raw.ConnectAsync(endpoint.Host, endpoint.Port, Cancellation);
        await using NetworkStream stream = raw.GetStream();
        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"u8.ToArray(), Cancellation);
        using StreamReader reader = new(stream);

        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(Cancellation));
        await stream.WriteAsync("ok"u8.ToArray(), Cancellation);
        Assert.Equal("", await reader.ReadLineAsync(Cancellation));
        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task One_connection_serves_request_after_request_also_when_they_come_at_once()
    {
        int number = 0;
        Uri endpoint = Start(_ => HttpResponse.Text(200, "text/plain", $"<{++number}>"));
        using TcpClient raw = new();
        await raw.ConnectAsync(endpoint.Host, endpoint.Port, Cancellation);
        await using NetworkStream stream = raw.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(
            Enumerable.Repeat("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 2).Append("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))), Cancellation);
        using StreamReader reader = new(stream);
        string all = await reader.ReadToEndAsync(Cancellation);

        Assert.Equal(["<1>", "<2>", "<3>"], all.Split("\r\n").Where(line => line.Contains('<', StringComparison.Ordinal)).Select(line => line[..3]));
    }

    [Fact]
    public async Task What_is_not_HTTP_is_refused_with_400()
    {
        Uri endpoint = Start(_ => new HttpResponse());
        using TcpClient raw = new();
        await raw.ConnectAsync(endpoint.Host, endpoint.Port, Cancellation);
        await using NetworkStream stream = raw.GetStream();
        await stream.WriteAsync("hello\r\n\r\n"u8.ToArray(), Cancellation);
        using StreamReader reader = new(stream);

        Assert.StartsWith("HTTP/1.1 400 Bad Request", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_of_the_handler_is_answered_as_500()
    {
        Uri endpoint = Start(_ => throw new InvalidOperationException("why"));

        using HttpResponseMessage answer = await _client.GetAsync(endpoint, Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("why", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handlers_token_is_cancelled_when_the_client_leaves()
    {
        TaskCompletionSource entered = new(), cancelled = new();
        _server = HttpServer.Start(async (_, token) =>
        {
            entered.SetResult();
            await using CancellationTokenRegistration registration = token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
            return new HttpResponse();
        });
        using CancellationTokenSource leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<HttpResponseMessage> call = _client.GetAsync(_server.Endpoint, leave.Token);
        await entered.Task.WaitAsync(Cancellation);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Stopping_ends_requests_under_way()
    {
        TaskCompletionSource entered = new();
        _server = HttpServer.Start(async (_, token) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
            return new HttpResponse();
        });
        Task<HttpResponseMessage> call = _client.GetAsync(_server.Endpoint, Cancellation);
        await entered.Task.WaitAsync(Cancellation);

        await _server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => call);
    }

    [Fact]
    public async Task A_connection_can_be_closed_before_the_answer_or_in_the_middle_of_it()
    {
        Misbehaviour misbehaviour = Misbehaviour.CloseBeforeAnswer;
        Uri endpoint = Start(_ => HttpResponse.Text(200, "text/plain", "0123456789") with { Misbehaviour = misbehaviour });
        using StringContent content = new("x");
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.PostAsync(endpoint, content, Cancellation));

        misbehaviour = Misbehaviour.CloseInTheMiddle;
        using HttpResponseMessage answer = await _client.GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        byte[] half = new byte[5];
        await using Stream body = await answer.Content.ReadAsStreamAsync(Cancellation);
        await body.ReadExactlyAsync(half, Cancellation);

        Assert.Equal("01234"u8.ToArray(), half);
        await Assert.ThrowsAnyAsync<IOException>(() => body.ReadAtLeastAsync(half, 1, cancellationToken: Cancellation).AsTask());
    }

    [Fact]
    public async Task A_dripped_answer_arrives_piece_by_piece_as_time_passes()
    {
        Uri endpoint = Start(_ => HttpResponse.Text(200, "text/plain", "0123456789") with { Misbehaviour = Misbehaviour.Drip(TimeSpan.FromSeconds(1), 100) });
        Task<string> call = _client.GetStringAsync(endpoint, Cancellation);
        while (!call.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("0123456789", await call);
    }

    [Fact]
    public async Task A_hanging_answer_ends_when_the_client_leaves()
    {
        Uri endpoint = Start(_ => new HttpResponse { Misbehaviour = Misbehaviour.Hang });
        using CancellationTokenSource leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<HttpResponseMessage> call = _client.GetAsync(endpoint, leave.Token);
        leave.CancelAfter(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _server!.DisposeAsync();
    }

    private Uri Start(Func<HttpRequest, HttpResponse> answer)
    {
        _server = HttpServer.Start((request, _) => Task.FromResult(answer(request)), timeProvider: _time);
        return _server.Endpoint;
    }
}
