using System.Globalization;
using System.Net.Http.Headers;

namespace FanOut.Credentials;

/// <summary>Logs each call: service and operation, region, host, status, duration, request id.</summary>
/// <remarks>Nothing else of a request is logged: its headers, its query and its body hold secrets.</remarks>
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
            // DynamoDB_20120810.GetItem
            string target = targets.First();
            operation = target[(target.LastIndexOf('.') + 1)..];
        }
        else if (request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded")
        {
            await request.Content.LoadIntoBufferAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            string form = await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            operation = form.Split('&').FirstOrDefault(static p => p.StartsWith("Action=", StringComparison.Ordinal))?["Action=".Length..] ?? operation;
        }

        return Scope(request) is [_, _, var region, var service, ..] ? $"{service} {operation} in {region} at {uri.Authority}" : $"{operation} at {uri.Authority}";
    }

    // "AWS4-HMAC-SHA256 Credential=AKIA…/20260723/eu-west-1/dynamodb/aws4_request, SignedHeaders=…": the scope of the signature.
    private static string[] Scope(HttpRequestMessage request)
    {
        const string Before = "Credential=";
        string text = request.Headers.NonValidated.TryGetValues("Authorization", out HeaderStringValues values) ? values.ToString() : "";
        int start = text.IndexOf(Before, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf(',', start);
        return end < 0 ? [] : text[(start + Before.Length)..end].Split('/');
    }

    private static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-amzn-RequestId", out IEnumerable<string>? ids)
        || response.Headers.TryGetValues("x-amz-request-id", out ids) ? ids.FirstOrDefault() : null;
}
