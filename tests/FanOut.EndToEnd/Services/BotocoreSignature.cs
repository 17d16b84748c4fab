using System.Text.Json.Nodes;
using FanOut.LocalCloud.Http;

namespace FanOut.EndToEnd.Services;

/// <summary>The signature that botocore, AWS's own implementation in Python, gives a request as it arrived.</summary>
internal static class BotocoreSignature
{
    private const string Script = """
        import base64, json, sys
        from botocore.auth import S3SigV4Auth, SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
        sent = json.load(sys.stdin)
        auth = (S3SigV4Auth if sent["service"] == "s3" else SigV4Auth)(Credentials(sent["key"], sent["secret"]), sent["service"], sent["region"])
        request = AWSRequest(method=sent["method"], url=sent["url"], data=base64.b64decode(sent["body"]), headers=sent["headers"])
        request.context["timestamp"] = sent["headers"]["x-amz-date"]
        canonical = auth.canonical_request(request)
        print(auth.signature(auth.string_to_sign(request, canonical), request))
        """;

    /// <summary>Signs a request anew; its path, query, body and signed headers as they arrived.</summary>
    public static async Task<string> OfAsync(HttpRequest request, string key, string secret, string service, string region)
    {
        JsonObject headers = new();
        foreach (string name in Part(request, "SignedHeaders").Split(';'))
        {
            headers[name] = request.Header(name);
        }

        JsonObject sent = new()
        {
            ["key"] = key,
            ["secret"] = secret,
            ["service"] = service,
            ["region"] = region,
            ["method"] = request.Method,
            ["url"] = $"http://{request.Header("host")}{request.Path}{(request.Query.Length == 0 ? "" : "?" + request.Query)}",
            ["body"] = Convert.ToBase64String(request.Body.Span),
            ["headers"] = headers,
        };
        if (ProgramRun.Find("python3") is not { } python)
        {
            ServerMissing.EndTest("python3", "pip install botocore");
            return "";
        }

        ProgramRun run = await ProgramRun.OfAsync(python, ["-c", Script], TestContext.Current.CancellationToken, sent.ToJsonString());
        Assert.True(run.ExitCode == 0, run.Text);
        return run.Output.Trim();
    }

    /// <summary>A part of a request's Authorization header: <c>SignedHeaders</c>, <c>Signature</c>.</summary>
    public static string Part(HttpRequest request, string name) =>
        request.Header("authorization")!.Split(' ', ',').Single(part => part.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
}
