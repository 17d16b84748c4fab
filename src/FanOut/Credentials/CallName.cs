using System.Net.Http.Headers;

namespace FanOut.Credentials;

/// <summary>What a request asks for, in words for people: <c>dynamodb GetItem in eu-west-1</c>.</summary>
/// <remarks>Nothing else of a request is told: its headers, its query and its body hold secrets.</remarks>
internal static class CallName
{
    /// <summary>The operation, with service and region where the request is signed.</summary>
    public static async Task<string> OfAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri uri = request.RequestUri!;
        string operation = $"{request.Method} {uri.AbsolutePath}";
        if (request.Headers.TryGetValues("X-Amz-Target", out IEnumerable<string>? targets))
        {
            // DynamoDB_20120810.GetItem
            string target = targets.First();
            operation = target[(target.LastIndexOf('.') + 1)..];
        }
        else if (request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded")
        {
            await request.Content.LoadIntoBufferAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            string form = await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            operation = form.Split('&').FirstOrDefault(static p => p.StartsWith("Action=", StringComparison.Ordinal))?["Action=".Length..] ?? operation;
        }

        return Scope(request) is [_, _, var region, var service, ..] ? $"{service} {operation} in {region}" : operation;
    }

    // "AWS4-HMAC-SHA256 Credential=AKIA…/20260723/eu-west-1/dynamodb/aws4_request, SignedHeaders=…": the scope of the signature.
    private static string[] Scope(HttpRequestMessage request)
    {
        const string Before = "Credential=";
        string text = request.Headers.NonValidated.TryGetValues("Authorization", out HeaderStringValues values) ? values.ToString() : "";
        int start = text.IndexOf(Before, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf(',', start);
        return end < 0 ? [] : text[(start + Before.Length)..end].Split('/');
    }
}
