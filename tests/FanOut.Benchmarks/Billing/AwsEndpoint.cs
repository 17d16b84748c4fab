using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using FanOut.LocalCloud;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace FanOut.Benchmarks.Billing;

/// <summary>
/// AWS over TLS and as far away as AWS is. PutRecords is taken and answered with as little work as possible, because the machine's processors are the function's too; all other
/// calls are a LocalCloud's.
/// </summary>
internal sealed class AwsEndpoint : IAsyncDisposable
{
    /// <summary>How long each call is on its way, there and back.</summary>
    public static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<(string? ContentType, int Records), byte[]> _answers = new();
    private readonly HttpClient _cloudClient = new(new SocketsHttpHandler { UseProxy = false });
    private readonly LocalAuthority _authority;
    private readonly WebApplication _server;

    private AwsEndpoint(TimeProvider time)
    {
        _authority = new LocalAuthority(time.GetUtcNow());
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = null;
            k.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(_authority.Server);
            });
        });
        _server = builder.Build();
        _server.Run(context => AnswerAsync(context, time));
    }

    /// <summary>The cloud behind it, with the tables of mappings.</summary>
    public Cloud Cloud { get; } = Cloud.Start();

    /// <summary>How many records it has taken.</summary>
    public long Taken { get; private set; }

    /// <summary>What a process needs to know to call it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables =>
    [
        new("AWS_ENDPOINT_URL", _server.Urls.Single()),
        new("SSL_CERT_FILE", _authority.Bundle),
        new("SSL_CERT_DIR", _authority.NoCertificates),
        new("NODE_EXTRA_CA_CERTS", _authority.Bundle),
    ];

    /// <summary>Starts it on a free port of the loopback address.</summary>
    public static async Task<AwsEndpoint> StartAsync(TimeProvider time)
    {
        var endpoint = new AwsEndpoint(time);
        await endpoint._server.StartAsync();
        return endpoint;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Cloud.DisposeAsync();
        _cloudClient.Dispose();
        _authority.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, TimeProvider time)
    {
        byte[] body = ArrayPool<byte>.Shared.Rent((int)(context.Request.ContentLength ?? 0) + 1);
        try
        {
            int length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
            await Task.Delay(Distance, time, context.RequestAborted);
            await (context.Request.Headers["X-Amz-Target"] == "Kinesis_20131202.PutRecords"
                ? TakeAsync(context, body.AsMemory(0, length))
                : ForwardAsync(context, body.AsMemory(0, length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private async Task TakeAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        string? contentType = context.Request.ContentType;

        // In CBOR "l" begins a text of twelve bytes.
        int records = body.Span.Count(contentType == PutRecordsAnswer.Cbor ? "lPartitionKey"u8 : "\"PartitionKey\""u8);
        byte[] answer = _answers.GetOrAdd((contentType, records), static of => PutRecordsAnswer.Of(of.ContentType, of.Records));
        Taken += records;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = answer.Length;
        context.Response.Headers["x-amzn-RequestId"] = "00000000-0000-0000-0000-000000000000";
        await context.Response.Body.WriteAsync(answer);
    }

    private async Task ForwardAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(Cloud.Endpoint, context.Request.Path + context.Request.QueryString))
        {
            Content = new ReadOnlyMemoryContent(body),
        };
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers)
        {
            if (name is not ("Host" or "Content-Length" or "Connection") && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using HttpResponseMessage answer = await _cloudClient.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is not ("Connection" or "Transfer-Encoding"))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
