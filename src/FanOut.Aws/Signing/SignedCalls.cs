using System.Globalization;
using System.Runtime.ExceptionServices;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Signing;

/// <summary>Signs requests and sends them at once, each in one go: AWSSDK.Core's pipeline costs as much as all the rest of a small call.</summary>
/// <param name="credentials">The credentials to sign with, asked for each request; null: those of the SDK's default chain.</param>
/// <param name="service">Which service is called.</param>
/// <param name="config">Region, clock and connections.</param>
internal sealed class SignedCalls(AWSCredentials? credentials, AwsService service, AwsClientConfig config)
{
    private readonly RequestSigner _signer = new(service.SigningName, config.AuthenticationRegion.ToLowerInvariant());
    private readonly string _userAgent = config.ClientAppId is { Length: > 0 } app ? $"{config.UserAgent} app/{app}" : config.UserAgent;
    private HttpMessageInvoker? _http;

    /// <summary>Sends a request and reads its answer. One that was refused for its date is sent once more, by the service's clock.</summary>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    public async Task<TResponse> SendAsync<TResponse>(RequestHead head, RequestBody body, AnswerReader<TResponse> reader, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        string bodyHash = body.Sha256Hex;
        for (bool isAgain = false; ; isAgain = true)
        {
            TimeSpan sentWith = config.Clock.Offset;
            ImmutableCredentials keys = await GetKeysAsync(cancellationToken).ConfigureAwait(false);
            using var request = new HttpRequestMessage(head.Method, head.Url) { Content = new BodyContent(body, head.ContentType) };
            AddHeaders(request, head, bodyHash, keys);
            using HttpAnswer answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccess)
            {
                return reader.Read(answer);
            }

            AmazonServiceException refusal = reader.ReadRefusal(answer);
            if (isAgain || DateOf(answer) is not { } date || !config.Clock.Correct(refusal.ErrorCode, refusal.Message, date, sentWith))
            {
                throw refusal;
            }
        }
    }

    private async ValueTask<ImmutableCredentials> GetKeysAsync(CancellationToken cancellationToken)
    {
        AWSCredentials source = credentials ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(config).WaitAsync(cancellationToken).ConfigureAwait(false);
        return await source.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void AddHeaders(HttpRequestMessage request, RequestHead head, string bodyHash, ImmutableCredentials keys)
    {
        string date = _signer.DateOf(config.Clock.Now);
        for (int i = 0; i < head.Headers.Count; i++)
        {
            Add(head.Headers[i].Key, head.Headers[i].Value);
        }

        if (head.SendsBodyHash)
        {
            Add("x-amz-content-sha256", bodyHash);
        }

        Add("x-amz-date", date);
        if (keys.UseToken)
        {
            Add("x-amz-security-token", keys.Token);
        }

        Add("Authorization", _signer.Sign(head, bodyHash, keys, date));
        Add("User-Agent", _userAgent);
        if (TraceId.OfInvocation() is { } trace)
        {
            Add("x-amzn-trace-id", trace);
        }

        // .NET keeps headers such as Content-Encoding with the body, and takes them nowhere else.
        void Add(string name, string value)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    // In the exceptions that AWSSDK.Core throws: the connection's own.
    private async ValueTask<HttpAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            _http ??= SharedHttpClientFactory.ForOwnReader(config);
            HttpResponseMessage response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return await HttpAnswer.ReadAsync(response, config.MostAnswerBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (cancellationToken.IsCancellationRequested)
        {
            // What breaks when a call is given up is no fault of the service.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new AnswerTooLargeException(config.MostAnswerBytes, e);
        }
        catch (HttpRequestException e) when (e.InnerException is IOException)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
        catch (OperationCanceledException e) when (e.InnerException is not null && !cancellationToken.IsCancellationRequested)
        {
            // The time to connect was up.
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    // An answer out of a cache has the date of another one.
    private static DateTimeOffset? DateOf(HttpAnswer answer) => answer.Header("Age") is null
        && DateTimeOffset.TryParseExact(answer.Header("Date"), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date : null;
}
