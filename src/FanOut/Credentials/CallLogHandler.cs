using System.Globalization;
using FanOut.Aws;

namespace FanOut.Credentials;

/// <summary>Logs each call: service and operation, region, host, status, duration, request id.</summary>
internal sealed class CallLogHandler(CallLog log, HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        string call = $"{await CallName.OfAsync(request, cancellationToken).ConfigureAwait(false)} at {request.RequestUri!.Authority}";
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Add(call, $"{(int)response.StatusCode}", started, RequestId(response));
            return response;
        }
        catch (Exception e)
        {
            Add(call, e is Errors.FanOutException known ? known.ErrorId : e.GetType().Name, started, null);
            throw;
        }
    }

    private void Add(string call, string outcome, long started, string? requestId)
    {
        int milliseconds = (int)time.GetElapsedTime(started).TotalMilliseconds;
        log.Add(string.Create(CultureInfo.InvariantCulture, $"AWS call: {call} -> {outcome} in {milliseconds} ms{(requestId is null ? "" : $", request {requestId}")}"));
    }

    private static string? RequestId(HttpResponseMessage response) =>
        (response.Headers.TryGetValues("x-amzn-RequestId", out IEnumerable<string>? ids) || response.Headers.TryGetValues("x-amz-request-id", out ids))
        && ids.FirstOrDefault() is { } id ? OutsideText.Cut(id, OutsideText.MostOfWord) : null;
}
