using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace FanOut.Aws.Signing;

/// <summary>Signs requests to one service in one region with Signature Version 4. The key of a day is made once.</summary>
/// <remarks><see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>. Thread-safe.</remarks>
/// <param name="service">The service's name in signatures.</param>
/// <param name="region">The region to sign for.</param>
internal sealed class RequestSigner(string service, string region)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    private DayKey? _lastKey;
    private DateText? _lastDate;

    /// <summary>The time as <c>x-amz-date</c> has it: <c>20150830T123600Z</c>. All requests of a second have the same.</summary>
    public string DateOf(DateTimeOffset time)
    {
        long second = time.UtcTicks / TimeSpan.TicksPerSecond;
        DateText? last = Volatile.Read(ref _lastDate);
        if (last?.Second != second)
        {
            last = new DateText(second, time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
            Volatile.Write(ref _lastDate, last);
        }

        return last.Text;
    }

    /// <summary>Makes the value of a request's <c>Authorization</c>.</summary>
    /// <param name="head">The request's head.</param>
    /// <param name="bodyHash">The body's SHA-256 in lower-case hex.</param>
    /// <param name="keys">The credentials.</param>
    /// <param name="date">The time; see <see cref="DateOf"/>.</param>
    public string Sign(RequestHead head, string bodyHash, ImmutableCredentials keys, string date)
    {
        DayKey key = KeyFor(keys.SecretKey, date[..8]);
        string token = keys.Token ?? "";
        byte[] canonical = ArrayPool<byte>.Shared.Rent(head.CanonicalLength(token));
        string canonicalHash = KeptHash.Sha256.HexOf(canonical.AsSpan(0, head.WriteCanonical(canonical, bodyHash, date, token)));
        ArrayPool<byte>.Shared.Return(canonical);

        string signature = key.Hmac.HexOf(Encoding.UTF8.GetBytes($"{Algorithm}\n{date}\n{key.Scope}\n{canonicalHash}"));
        return $"{Algorithm} Credential={keys.AccessKey}/{key.Scope}, SignedHeaders={head.SignedHeaders(token.Length > 0)}, Signature={signature}";
    }

    private DayKey KeyFor(string secret, string day)
    {
        DayKey? last = Volatile.Read(ref _lastKey);
        if (last is not null && last.Secret == secret && last.Day == day)
        {
            return last;
        }

        string scope = $"{day}/{region}/{service}/aws4_request";
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (string part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        last = new DayKey(secret, day, scope, KeptHash.HmacSha256(key));
        Volatile.Write(ref _lastKey, last);
        return last;
    }

    private sealed record DayKey(string Secret, string Day, string Scope, KeptHash Hmac);

    private sealed record DateText(long Second, string Text);
}
