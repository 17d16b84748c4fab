namespace FanOut.Aws;

/// <summary>Reads each answer completely before it returns, but never more than a limit.</summary>
/// <remarks>
/// AWSSDK.Core reads answers synchronously, so a server that sends a byte now and then would block a thread that no token can free. Here the whole
/// answer is read under the caller's token. Of an answer with an error status only the beginning is kept, as its text is only shown to people. An
/// answer with success must be complete: if it is longer than the limit, an exception says so.
/// </remarks>
/// <param name="inner">Sends the requests.</param>
/// <param name="mostBytes">How many bytes an answer with success may have.</param>
public sealed class BoundedAnswers(HttpMessageHandler inner, long mostBytes) : DelegatingHandler(inner)
{
    // AWS's errors have a few hundred bytes, the error pages of proxies some thousand.
    private const int MostOfError = 64 * 1024;

    // In KB; AWS's answers have a few hundred bytes of headers.
    private const int MostOfHeaders = 64;

    /// <summary>A pool of connections, whose answers are bounded before and after their bodies too.</summary>
    /// <returns>For the caller to give it its time-outs and certificates.</returns>
    public static SocketsHttpHandler Connections() => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        MaxResponseHeadersLength = MostOfHeaders,

        // When the rest of an answer is not wanted, the connection is closed instead of reading to the end.
        MaxResponseDrainSize = 0,
    };

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
#if NET9_0_OR_GREATER
                await response.Content.LoadIntoBufferAsync(mostBytes, cancellationToken).ConfigureAwait(false);
#else
                await response.Content.LoadIntoBufferAsync(mostBytes).WaitAsync(cancellationToken).ConfigureAwait(false);
#endif
            }
            else
            {
                response.Content = await BeginningOfAsync(response.Content, cancellationToken).ConfigureAwait(false);
            }

            return response;
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            response?.Dispose();
            throw new AnswerTooLargeException(mostBytes, e);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    private static async Task<HttpContent> BeginningOfAsync(HttpContent content, CancellationToken cancellationToken)
    {
        byte[] beginning = new byte[(int)Math.Min(content.Headers.ContentLength ?? MostOfError, MostOfError)];
        int length;
        using (content)
        {
            Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            length = await stream.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }

        var kept = new ByteArrayContent(beginning, 0, length);
        foreach ((string name, IEnumerable<string> values) in content.Headers.NonValidated.Select(static h => (h.Key, (IEnumerable<string>)h.Value)))
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                kept.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return kept;
    }
}
