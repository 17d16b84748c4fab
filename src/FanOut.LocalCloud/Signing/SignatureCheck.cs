using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Signing;

/// <summary>Checks the form of a signature like AWS. The secret is not known here, so the signature's value is not checked.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</remarks>
internal static partial class SignatureCheck
{
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(15);

    /// <summary>The signer of a request.</summary>
    /// <exception cref="ServiceException">The signature is missing, incomplete, or out of date.</exception>
    public static Credential Check(HttpRequest request, Protocol protocol, DateTimeOffset now)
    {
        if (request.Header("Authorization") is not { } authorization)
        {
            throw Error("MissingAuthenticationToken", "Request is missing Authentication Token", protocol, restStatus: 403);
        }

        Match form = Form().Match(authorization);
        if (!form.Success)
        {
            throw Error("IncompleteSignature", Incomplete(authorization), protocol, restStatus: 403);
        }

        string[] scope = form.Groups["scope"].Value.Split('/');
        if (scope.Length != 5 || scope[4] != "aws4_request" || scope.Any(string.IsNullOrEmpty))
        {
            throw Error("IncompleteSignature", $"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{form.Groups["scope"].Value}'", protocol, restStatus: 403);
        }

        CheckHeaders(request, form.Groups["headers"].Value, protocol);
        CheckDate(request.Header("X-Amz-Date")!, scope[1], protocol, now);
        CheckContent(request, scope[3], protocol);
        return new Credential(scope[0], scope[2], scope[3], request.Header("X-Amz-Security-Token"));
    }

    private static void CheckHeaders(HttpRequest request, string list, Protocol protocol)
    {
        string[] signed = list.Split(';');
        string[] missing = [.. signed.Where(name => request.Header(name) is null)];
        if (missing.Length > 0)
        {
            throw Invalid($"The signed header '{missing[0]}' was not sent.", protocol);
        }

        if (!signed.SequenceEqual(signed.Order(StringComparer.Ordinal)) || list.Any(char.IsAsciiLetterUpper))
        {
            throw Invalid($"SignedHeaders must be in lower case and sorted, got '{list}'.", protocol);
        }

        foreach (string required in (string[])["host", "x-amz-date"])
        {
            if (!signed.Contains(required))
            {
                throw Invalid($"'{(required == "host" ? "Host" : "X-Amz-Date")}' must be a 'SignedHeader' in the AWS Authorization.", protocol);
            }
        }
    }

    private static void CheckDate(string date, string scopeDate, Protocol protocol, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(
            date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset signedAt))
        {
            throw Error("IncompleteSignature", $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601", protocol, restStatus: 403);
        }

        if (!date.StartsWith(scopeDate, StringComparison.Ordinal))
        {
            throw Invalid($"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scopeDate}' != '{date[..8]}', from '{date}'.", protocol);
        }

        // AWS's clients parse these two messages to correct the skew of their clock.
        string nowText = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        if (signedAt < now - MostSkew)
        {
            throw Invalid($"Signature expired: {date} is now earlier than {nowText} minus 15 min.", protocol);
        }

        if (signedAt > now + MostSkew)
        {
            throw Invalid($"Signature not yet current: {date} is still later than {nowText} plus 15 min.", protocol);
        }
    }

    private static void CheckContent(HttpRequest request, string service, Protocol protocol)
    {
        string? declared = request.Header("X-Amz-Content-Sha256");
        if (declared is null && service == "aoss")
        {
            throw Invalid("OpenSearch Serverless requires the header x-amz-content-sha256.", protocol);
        }

        if (declared is null or "UNSIGNED-PAYLOAD")
        {
            return;
        }

        if (!string.Equals(declared, Convert.ToHexString(SHA256.HashData(request.Body.Span)), StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("The header x-amz-content-sha256 is not the SHA-256 of the body that arrived.", protocol);
        }
    }

    private static string Incomplete(string authorization)
    {
        string[] missing = [.. ((string[])["Credential", "SignedHeaders", "Signature"])
            .Where(part => !authorization.Contains(part + "=", StringComparison.Ordinal))
            .Select(part => $"Authorization header requires '{part}' parameter.")];
        return missing.Length > 0
            ? string.Join(' ', missing)
            : "The Authorization header is not 'AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=<64 hexadecimal digits>'.";
    }

    private static ServiceException Invalid(string message, Protocol protocol) => protocol == Protocol.Query
        ? new ServiceException("SignatureDoesNotMatch", message, 403)
        : Error("InvalidSignature", message, protocol, restStatus: 403);

    private static ServiceException Error(string name, string message, Protocol protocol, int restStatus) => protocol switch
    {
        Protocol.Query => new ServiceException(name, message, 403),
        Protocol.RestJson => new ServiceException($"{name}Exception", message, restStatus),
        _ => new ServiceException($"{name}Exception", message),
    };

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=(?<scope>[^, ]+), ?SignedHeaders=(?<headers>[^, ]+), ?Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Form();
}
