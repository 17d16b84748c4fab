using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FanOut.EndToEnd.Servers;

/// <summary>Signature Version 4 of a request whose path and query need no escapes: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</summary>
internal static class RequestSignature
{
    /// <summary>Puts date, token and signature on a request.</summary>
    public static async Task AddAsync(HttpRequestMessage request, (string AccessKey, string SecretKey, string? Token) caller, string region, string service)
    {
        string date = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string body = Hex(SHA256.HashData(request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync()));
        SortedDictionary<string, string> headers = new(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority, ["x-amz-content-sha256"] = body, ["x-amz-date"] = date };
        if (caller.Token is { } token)
        {
            headers["x-amz-security-token"] = token;
        }

        foreach ((string name, string value) in headers.Where(static h => h.Key != "host"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        string signed = string.Join(';', headers.Keys), scope = $"{date[..8]}/{region}/{service}/aws4_request";
        string canonical = string.Join(
            '\n',
            [request.Method.Method, request.RequestUri.AbsolutePath, request.RequestUri.Query.TrimStart('?'), .. headers.Select(static h => $"{h.Key}:{h.Value}"), "", signed, body]);
        byte[] key = Encoding.UTF8.GetBytes($"AWS4{caller.SecretKey}");
        foreach (string part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        string text = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={caller.AccessKey}/{scope}, SignedHeaders={signed}, Signature={Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}");
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
