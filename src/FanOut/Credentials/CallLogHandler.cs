using System.Globalization;

namespace FanOut.Credentials;

/// <summary>Tells each call: service and operation, region, status, duration, request id. Never a header or a body: they hold secrets.</summary>
internal sealed class CallLogHandler(CallLog log, HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        string call = await DescribeAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Add(call, $"{(int)response.StatusCode}", started, RequestId(response));
            return response;
        }
        catch (Exception e)
        {
            Add(call, e.GetType().Name, started, null);
            throw;
        }
    }

    private void Add(string call, string outcome, long started, string? requestId)
    {
        int milliseconds = (int)time.GetElapsedTime(started).TotalMilliseconds;
        log.Add(string.Create(CultureInfo.InvariantCulture, $"AWS call: {call} -> {outcome} in {milliseconds} ms{(requestId is null ? "" : $", request {requestId}")}"));
    }

    private static async Task<string> DescribeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri uri = request.RequestUri!;
        string operation = $"{request.Method} {uri.AbsolutePath}";
        if (request.Headers.TryGetValues("X-Amz-Target", out IEnumerable<string>? targets))
        {
            operation = targets.First();
        }
        else if (request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded")
        {
            // Of a form the action alone is told.
            await request.Content.LoadIntoBufferAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            string form = await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            operation = form.Split('&').FirstOrDefault(static p => p.StartsWith("Action=", StringComparison.Ordinal))?["Action=".Length..] ?? operation;
        }

        return $"{operation} at {uri.Host}";
    }

    private static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-amzn-RequestId", out IEnumerable<string>? ids)
        || response.Headers.TryGetValues("x-amz-request-id", out ids) ? ids.FirstOrDefault() : null;
}
