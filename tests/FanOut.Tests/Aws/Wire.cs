using System.Collections.Concurrent;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Aws;

/// <summary>A server that gives one answer after another and keeps what arrived.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly HttpServer _server;
    private readonly ConcurrentQueue<HttpRequest> _arrived = [];
    private readonly Queue<HttpResponse> _answers;

    /// <summary>Answers 200 with each body in turn; what begins with <c>&lt;</c> is XML, anything else JSON.</summary>
    public Wire(params string[] answers)
        : this([.. answers.Select(body => HttpResponse.Text(200, body.StartsWith('<') ? "text/xml" : "application/json", body))])
    {
    }

    /// <summary>Gives each answer in turn.</summary>
    public Wire(params HttpResponse[] answers)
    {
        _answers = new(answers);
        _server = HttpServer.Start((request, _) =>
        {
            _arrived.Enqueue(request);
            return Task.FromResult(_answers.Dequeue());
        });
    }

    public static BasicAWSCredentials Credentials { get; } = new("AKIATEST", "secret");

    /// <summary>What arrived, in order.</summary>
    public IReadOnlyList<HttpRequest> Arrived => [.. _arrived];

    /// <summary>Method, path and query of what arrived.</summary>
    public IEnumerable<string> Lines => Arrived.Select(request => $"{request.Method} {request.Path}{(request.Query.Length == 0 ? "" : "?" + request.Query)}");

    public AwsClientConfig Config(AwsService service) => new(service, "us-east-1", _server.Endpoint);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
