using System.Globalization;
using Amazon.Runtime;
using FanOut.Aws.SecretsManager;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;

namespace FanOut.Engine.Targets;

/// <summary>The headers of an http target, read from a secret of Secrets Manager and kept for some minutes.</summary>
/// <param name="client">Reads the secret: as the function's role, or as that of the mapping.</param>
/// <param name="arn">The secret.</param>
/// <param name="time">The clock.</param>
internal sealed class SecretHeaders(AmazonSecretsManagerClient client, string arn, TimeProvider time) : IDisposable
{
    /// <summary>How long they are kept: five minutes.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <summary>How long they are kept at least, also where the endpoint does not accept them: half a minute, so that it does not cost a call each time.</summary>
    public static readonly TimeSpan KeptAtLeast = TimeSpan.FromSeconds(30);

    /// <summary>How long they serve if the secret cannot be read any more: an hour, as mappings do.</summary>
    public static readonly TimeSpan ServedAtMost = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _gate = new(1);
    private HeaderSet? _headers;
    private DateTimeOffset _read, _tried;

    /// <summary>The headers.</summary>
    /// <exception cref="SecretReadException">There are none that may be used.</exception>
    public async ValueTask<HeaderSet> GetAsync(CancellationToken cancellationToken) =>
        _headers is { } kept && time.GetUtcNow() - _tried < Kept ? kept : await ReadAsync(Kept, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads them anew, because the endpoint does not accept them.</summary>
    /// <param name="refused">Those that it does not accept.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null: there are no others.</returns>
    public async ValueTask<HeaderSet?> RenewAsync(HeaderSet refused, CancellationToken cancellationToken)
    {
        HeaderSet now = await ReadAsync(KeptAtLeast, cancellationToken).ConfigureAwait(false);
        return now.IsSame(refused) ? null : now;
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async ValueTask<HeaderSet> ReadAsync(TimeSpan youngest, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_headers is { } others && time.GetUtcNow() - _tried < youngest)
            {
                // Another call has read them meanwhile.
                return others;
            }

            _tried = time.GetUtcNow();
            try
            {
                _headers = await FetchAsync(cancellationToken).ConfigureAwait(false);
                _read = _tried;
                return _headers;
            }
            catch (SecretReadException e) when (e.Failure.Class is FailureClass.Refused or FailureClass.Ambiguous && _headers is not null && _tried - _read < ServedAtMost)
            {
                return _headers;
            }
            catch (SecretReadException)
            {
                _headers = null;
                throw;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<HeaderSet> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            GetSecretValueResponse secret = await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = arn }, cancellationToken).ConfigureAwait(false);
            HeaderSet headers = HeaderSet.Read(secret.SecretString, out string? problem);
            return problem is null ? headers : throw new SecretReadException(new Failure(
                FailureClass.PermanentTarget, "InvalidHeaders", $"The secret {arn} cannot be its headers: its value {problem}. It has to be a JSON object of headers' names and values."));
        }
        catch (AmazonServiceException e) when (e.StatusCode != 0)
        {
            string code = e.ErrorCode is { Length: > 0 } told ? told : string.Create(CultureInfo.InvariantCulture, $"Http{(int)e.StatusCode}");
            throw new SecretReadException(new Failure(
                ErrorClass.Of(Service.SecretsManager, (int)e.StatusCode, code, e.Message), code, $"The secret {arn} of its headers could not be read: {e.Message}") { RequestId = e.RequestId });
        }
        catch (HttpRequestException e)
        {
            throw new SecretReadException(new Failure(FailureClass.Refused, "SecretUnreachable", $"The secret {arn} of its headers could not be read, as Secrets Manager was not reached: {e.Message}"));
        }
    }
}
