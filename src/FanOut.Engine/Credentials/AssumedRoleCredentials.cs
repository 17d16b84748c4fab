using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace FanOut.Engine.Credentials;

/// <summary>The credentials of one role and external id; at most one AssumeRole is under way at a time.</summary>
internal sealed class AssumedRoleCredentials(
    IAmazonSecurityTokenService sts,
    string roleArn,
    string? externalId,
    string sessionName,
    TimeProvider time) : AWSCredentials
{
    // The function's own credentials are those of a role, so this is role chaining, which allows no more:
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html, "Role chaining".
    private const int SessionSeconds = 3600;

    // A request signed with the last seconds of a session may arrive after its end.
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);

    // One failure answers all calls of a batch, yet a trust policy that was corrected is noticed by one of the next batches.
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(5);

    // For all attempts of the SDK together. Callers share the result, so none of their tokens can end the call.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly object _gate = new();
    private Task<ImmutableCredentials>? _renewing;
    private Session? _session;
    private Session? _newest;
    private FailedRenewal? _failure;

    /// <inheritdoc/>
    /// <remarks>
    /// AWSSDK.Core has awaited <see cref="GetCredentialsAsync"/> just before, so nearly always there is nothing to wait for. Were it to wait here because the session
    /// was forgotten in between, it might do so on the very thread that is to read the answer of STS.
    /// </remarks>
    public override ImmutableCredentials GetCredentials()
    {
        lock (_gate)
        {
            if (_newest is { } newest && time.GetUtcNow() < newest.Expires)
            {
                return newest.Keys;
            }
        }

        return GetCredentialsAsync().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override Task<ImmutableCredentials> GetCredentialsAsync()
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_session is not null && now < _session.Expires - RenewBefore)
            {
                return Task.FromResult(_session.Keys);
            }

            if (_renewing is { IsCompleted: false })
            {
                return _renewing;
            }

            if (_failure is not null && now < _failure.At + PauseAfterError)
            {
                return StillValid(now) is { } keys ? Task.FromResult(keys) : Task.FromException<ImmutableCredentials>(_failure.Error);
            }

            return _renewing = RenewAsync();
        }
    }

    /// <summary>Forgets the session, if it is still the one with this access key, or if none is named.</summary>
    public void Forget(string? accessKeyId)
    {
        lock (_gate)
        {
            if (accessKeyId is null || _session?.Keys.AccessKey == accessKeyId)
            {
                _session = null;
            }
        }
    }

    private async Task<ImmutableCredentials> RenewAsync()
    {
        try
        {
            var request = new AssumeRoleRequest
            {
                RoleArn = roleArn,
                ExternalId = externalId,
                RoleSessionName = sessionName,
                DurationSeconds = SessionSeconds,
            };
            DateTimeOffset asked = time.GetUtcNow();
            using var patience = new CancellationTokenSource(Patience, time);
            AssumeRoleResponse response = await sts.AssumeRoleAsync(request, patience.Token).ConfigureAwait(false);
            Amazon.SecurityToken.Model.Credentials given = response.Credentials;
            var keys = new ImmutableCredentials(given.AccessKeyId, given.SecretAccessKey, given.SessionToken);
            lock (_gate)
            {
                _session = _newest = new Session(keys, EndOf(given, asked));
                _failure = null;
            }

            return keys;
        }
        catch (Exception cause)
        {
            var error = new AssumeRoleException(roleArn, externalId is not null, cause);
            lock (_gate)
            {
                DateTimeOffset now = time.GetUtcNow();
                _failure = new FailedRenewal(error, now);
                if (StillValid(now) is { } keys)
                {
                    return keys;
                }
            }

            throw error;
        }
    }

    // STS tells the end by its own clock. If that differs from this machine's, a new session seems to have ended already, or to last longer than was
    // asked for: then it is the time that was asked for that counts.
    private static DateTimeOffset EndOf(Amazon.SecurityToken.Model.Credentials given, DateTimeOffset asked)
    {
        DateTimeOffset longest = asked.AddSeconds(SessionSeconds);
        return given.Expiration is { } until && new DateTimeOffset(until.ToUniversalTime()) is var end && end > asked + RenewBefore && end < longest ? end : longest;
    }

    // Renewal begins before the session ends: while it fails, the old session is still used.
    private ImmutableCredentials? StillValid(DateTimeOffset now) => _session is not null && now < _session.Expires ? _session.Keys : null;

    private sealed record Session(ImmutableCredentials Keys, DateTimeOffset Expires);

    private sealed record FailedRenewal(AssumeRoleException Error, DateTimeOffset At);
}
