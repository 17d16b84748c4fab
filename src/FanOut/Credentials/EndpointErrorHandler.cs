using FanOut.Aws;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>
/// Gives a call a time for its answer, and tells at once, with the endpoint's name and where it comes from, when there is none, when the endpoint cannot
/// be reached, and when its answer has no end. AWSSDK would try all of these again, for minutes, and tell the last error without a name.
/// </summary>
/// <param name="inner">Sends the requests.</param>
/// <param name="patience">How long a call may be without an answer.</param>
/// <param name="originOf">Where an endpoint was set; null: nowhere, it is AWS's own.</param>
/// <param name="time">The clock.</param>
internal sealed class EndpointErrorHandler(HttpMessageHandler inner, TimeSpan patience, Func<Uri, string?> originOf, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>How many bytes a second an upload may have at least; a slower one counts as no answer: 64 KB.</summary>
    private const double SlowestUpload = 64 * 1024;

    // Lambda answers when the function has, which may have to start first.
    private const int OfInvocation = 3;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        TimeSpan most = PatienceFor(request);
        using var late = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await base.SendAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw FanOutError.NoAnswer(await NameAsync().ConfigureAwait(false), most);
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            throw FanOutError.EndpointUnreachable(await NameAsync().ConfigureAwait(false), "it accepts no connection");
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            throw FanOutError.EndpointUnreachable(await NameAsync().ConfigureAwait(false), e.GetBaseException().Message, e);
        }
        catch (AnswerTooLargeException e)
        {
            throw FanOutError.AnswerTooLarge(await NameAsync().ConfigureAwait(false), e.MostBytes);
        }

        async Task<EndpointName> NameAsync() => new(
            await CallName.OfAsync(request, CancellationToken.None).ConfigureAwait(false), $"{request.RequestUri!.Host}:{request.RequestUri.Port}", originOf(request.RequestUri));
    }

    private TimeSpan PatienceFor(HttpRequestMessage request) =>
        (patience * (request.RequestUri!.AbsolutePath.EndsWith("/invocations", StringComparison.Ordinal) ? OfInvocation : 1))
        + TimeSpan.FromSeconds((request.Content?.Headers.ContentLength ?? 0) / SlowestUpload);
}
