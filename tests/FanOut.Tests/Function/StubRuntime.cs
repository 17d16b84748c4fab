using System.Net;
using System.Text;

namespace FanOut.Tests.Dispatch;

/// <summary>The Runtime API with one event, which it hands out once or more; ends the function when it asks for another.</summary>
internal sealed class StubRuntime(byte[] body, DateTimeOffset deadline, CancellationTokenSource done, int times = 1) : HttpMessageHandler
{
    private int _taken;

    /// <summary>Path, error type and body of each call but <c>next</c>.</summary>
    public List<(string Path, string? ErrorType, string Body)> Posts { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            if (_taken == times)
            {
                await done.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            _taken++;
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };
            response.Headers.Add("Lambda-Runtime-Aws-Request-Id", "request-1");
            response.Headers.Add("Lambda-Runtime-Deadline-Ms", $"{deadline.ToUnixTimeMilliseconds()}");
            response.Headers.Add("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793");
            return response;
        }

        string? errorType = request.Headers.TryGetValues("Lambda-Runtime-Function-Error-Type", out IEnumerable<string>? values) ? values.Single() : null;
        Posts.Add((request.RequestUri!.AbsolutePath, errorType, Encoding.UTF8.GetString(await request.Content!.ReadAsByteArrayAsync(cancellationToken))));
        return new HttpResponseMessage(HttpStatusCode.Accepted);
    }
}
