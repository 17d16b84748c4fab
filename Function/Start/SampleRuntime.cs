using System.Globalization;
using System.Net;

namespace FanOut.Dispatch.Start;

/// <summary>The Runtime API as it would hand out one sample, without a network; ends the function when it asks for another event.</summary>
/// <param name="sample">The event.</param>
/// <param name="patience">How long the function has for it.</param>
/// <param name="time">The clock.</param>
/// <param name="done">Cancelled when the function is done.</param>
internal sealed class SampleRuntime(byte[] sample, TimeSpan patience, TimeProvider time, CancellationTokenSource done) : HttpMessageHandler
{
    private bool _isTaken;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get)
        {
            return new HttpResponseMessage(HttpStatusCode.Accepted);
        }

        if (_isTaken)
        {
            await done.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        _isTaken = true;
        var next = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(sample) };
        next.Headers.TryAddWithoutValidation("Lambda-Runtime-Aws-Request-Id", "sample");
        next.Headers.TryAddWithoutValidation("Lambda-Runtime-Deadline-Ms", (time.GetUtcNow() + patience).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        return next;
    }
}
