using System.Globalization;
using System.Text;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Lambda.Runtime;

/// <summary>
/// The Lambda Runtime API for one function process, which asks it for one invocation after the other
/// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). That the process exits or does not answer is noticed by
/// <see cref="FunctionProcess"/>.
/// </summary>
public sealed class RuntimeApi : IAsyncDisposable
{
    private const string Root = "/2018-06-01/runtime/";
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly HttpServer _server;
    private readonly TaskCompletionSource<byte[]> _initError = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<RuntimeInvocation>? _poll;
    private RuntimeInvocation? _current;

    private RuntimeApi(TimeProvider time)
    {
        _time = time;
        _server = HttpServer.Start(HandleAsync, timeProvider: time);
    }

    /// <summary>Host and port, for the process's <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Authority => _server.Endpoint.Authority;

    /// <summary>Completes with the error document when the process reports that it cannot start.</summary>
    public Task<byte[]> InitError => _initError.Task;

    /// <summary>Starts the server on a free port.</summary>
    public static RuntimeApi Start(TimeProvider timeProvider) => new(timeProvider);

    /// <summary>Completes when the process is asking for an invocation.</summary>
    public Task WhenAskedAsync()
    {
        lock (_gate)
        {
            return _asked.Task;
        }
    }

    /// <summary>Gives an event to the process as soon as it asks for one, and waits for its answer; one invocation at a time.</summary>
    /// <param name="requestId">The invocation's id.</param>
    /// <param name="functionArn">The ARN that was invoked.</param>
    /// <param name="eventJson">The event.</param>
    /// <param name="timeout">The time for the answer, from when the event is given; the process is told, but it is not enforced here.</param>
    /// <param name="cancellationToken">Cancels the wait; the process may go on.</param>
    /// <exception cref="InvalidOperationException">An invocation is in progress.</exception>
    public async Task<InvocationResult> InvokeAsync(
        string requestId, string functionArn, ReadOnlyMemory<byte> eventJson, TimeSpan timeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            await WhenAskedAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            RuntimeInvocation invocation;
            TaskCompletionSource<RuntimeInvocation> poll;
            lock (_gate)
            {
                if (_current is not null)
                {
                    throw new InvalidOperationException($"Request {_current.RequestId} is not answered yet; a process does one invocation at a time.");
                }

                if (_poll is null)
                {
                    continue;
                }

                invocation = new(requestId, functionArn, eventJson, _time.GetUtcNow() + timeout);
                (poll, _poll, _current) = (_poll, null, invocation);
                _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            poll.TrySetResult(invocation);
            return await invocation.Outcome.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<HttpResponse> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var route = request.Path.StartsWith(Root, StringComparison.Ordinal) ? request.Path[Root.Length..].Split('/') : [];
        return (request.Method, route) switch
        {
            ("GET", ["invocation", "next"]) => NextAsync(cancellationToken),
            ("POST", ["invocation", var id, "response"]) => Task.FromResult(Answer(id, request.Body, null)),
            ("POST", ["invocation", var id, "error"]) => Task.FromResult(Answer(id, request.Body, "Unhandled")),
            ("POST", ["init", "error"]) => Task.FromResult(FailInit(request.Body)),
            _ => Task.FromResult(Refuse(404, "NotFound", $"The Runtime API has no {request.Method} {request.Path}.")),
        };
    }

    private async Task<HttpResponse> NextAsync(CancellationToken cancellationToken)
    {
        var poll = new TaskCompletionSource<RuntimeInvocation>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_current is not null)
            {
                return Refuse(403, "InvalidStateTransition", $"Request {_current.RequestId} is not answered yet.");
            }

            _poll = poll;
            _asked.TrySetResult();
        }

        try
        {
            return Offer(await poll.Task.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                if (_poll == poll)
                {
                    _poll = null;
                    _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }

            throw;
        }
    }

    private static HttpResponse Offer(RuntimeInvocation invocation)
    {
        var response = HttpResponse.Bytes(200, "application/json", invocation.Event);
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        response.Headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = invocation.FunctionArn;
        response.Headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        return response;
    }

    private HttpResponse Answer(string requestId, ReadOnlyMemory<byte> payload, string? functionError)
    {
        RuntimeInvocation invocation;
        lock (_gate)
        {
            if (_current?.RequestId != requestId)
            {
                return Refuse(400, "InvalidRequestID", $"No request {requestId} is waiting for an answer.");
            }

            (invocation, _current) = (_current, null);
        }

        if (payload.Length > LambdaLimits.SynchronousResponse)
        {
            invocation.Outcome.TrySetResult(FunctionFault.ResponseTooLarge(requestId));
            return Refuse(413, "RequestEntityTooLarge", FormattableString.Invariant(
                $"Exceeded maximum allowed payload size ({LambdaLimits.SynchronousResponse} bytes)."));
        }

        invocation.Outcome.TrySetResult(new(requestId, payload, functionError));
        return Accept();
    }

    private HttpResponse FailInit(ReadOnlyMemory<byte> error)
    {
        _initError.TrySetResult(error.ToArray());
        return Accept();
    }

    private static HttpResponse Accept() => HttpResponse.Text(202, "application/json", "{\"status\":\"OK\"}");

    private static HttpResponse Refuse(int status, string type, string message) =>
        HttpResponse.Text(status, "application/json", Encoding.UTF8.GetString(FunctionFault.Document(type, message)));
}
