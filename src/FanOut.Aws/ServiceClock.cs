using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace FanOut.Aws;

/// <summary>The time as a service has it: this machine's, corrected by what the service answered when it found a signature out of time.</summary>
/// <remarks>
/// A signature is good for 15 minutes around its date at most services, for 5 at some. AWSSDK.Core corrects its own clients, but only where it may
/// send again, and ours never do of themselves (<see cref="AwsClientConfig"/>). The rules are those of the AWS SDKs: codes that speak of nothing
/// else are believed; one that has other causes too only where the clocks are four minutes apart. Thread-safe.
/// </remarks>
/// <param name="time">This machine's clock.</param>
public sealed class ServiceClock(TimeProvider time)
{
    // What the AWS SDKs take for the difference of clocks: aws-sdk-net, ClockSkewCalculator.SkewDetectionThreshold.
    private static readonly TimeSpan Noticeable = TimeSpan.FromMinutes(4);

    private long _offset;

    /// <summary>How far the service's clock is ahead of this machine's; zero until it has refused a signature.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>The service's time.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + Offset;

    /// <summary>Whether a refusal says that the signature's date is wrong.</summary>
    /// <param name="code">The refusal's code.</param>
    /// <param name="message">Its words, which tell "Signature expired: …" from a wrong secret.</param>
    public static bool IsBlamed(string? code, string? message) =>
        code is "RequestTimeTooSkewed" or "RequestExpired" or "RequestInTheFuture"
        || (message is not null
            && (message.Contains("Signature expired", StringComparison.OrdinalIgnoreCase)
                || message.Contains("Signature not yet current", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Takes the service's time from a refusal; says whether the request is to be signed and sent again.</summary>
    /// <param name="refusal">The refusal, as the service's client throws it.</param>
    /// <param name="sentWith">The <see cref="Offset"/> when the request was sent: another call may have corrected the clock since.</param>
    public bool Correct(AmazonServiceException refusal, TimeSpan sentWith)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return DateOf(refusal) is { } date && Correct(refusal.ErrorCode, refusal.Message, date, sentWith);
    }

    /// <summary>Takes the service's time from a refusal; says whether the request is to be signed and sent again.</summary>
    /// <param name="code">The refusal's code.</param>
    /// <param name="message">Its words.</param>
    /// <param name="date">The answer's <c>Date</c>.</param>
    /// <param name="sentWith">The <see cref="Offset"/> when the request was sent.</param>
    public bool Correct(string? code, string? message, DateTimeOffset date, TimeSpan sentWith)
    {
        TimeSpan offset = date - time.GetUtcNow();
        bool isSuspect = code is "InvalidSignatureException" or "SignatureDoesNotMatch" or "AuthFailure" or "AccessDeniedException";
        if (!IsBlamed(code, message) && !(isSuspect && (offset - sentWith).Duration() > Noticeable))
        {
            return false;
        }

        Interlocked.Exchange(ref _offset, offset.Ticks);
        return true;
    }

    // An answer out of a cache has the date of another one.
    private static DateTimeOffset? DateOf(AmazonServiceException refusal) =>
        (refusal.InnerException as HttpErrorResponseException)?.Response is { } answer
        && !answer.IsHeaderPresent("Age")
        && DateTimeOffset.TryParseExact(answer.GetHeaderValue("Date"), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date
            : null;
}
