using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace FanOut.Tests.LocalCloud.Lambda.Deployment;

/// <summary>
/// Deployment packages whose bootstrap is a script: <c>{"do": "environment" | "wait"}</c>, or <c>{"call": …}</c> with the service, target and body of an
/// AWS call that it makes with the credentials it has; any other event is answered with the package's name.
/// </summary>
internal static class DeployedScript
{
    private const string Script = """
        #!/usr/bin/env python3
        import http.client, json, os, sys, time, urllib.parse
        api, base = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"]), "/2018-06-01/runtime/"
        def aws(call):
            date, scope = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()), "/us-east-1/" + call["service"] + "/aws4_request"
            cloud = http.client.HTTPConnection(urllib.parse.urlparse(os.environ["AWS_ENDPOINT_URL"]).netloc)
            cloud.request("POST", "/", call["body"], {
                "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": call["target"], "X-Amz-Date": date, "X-Amz-Security-Token": os.environ["AWS_SESSION_TOKEN"],
                "Authorization": "AWS4-HMAC-SHA256 Credential=" + os.environ["AWS_ACCESS_KEY_ID"] + "/" + date[:8] + scope + ", SignedHeaders=host;x-amz-date, Signature=" + "0" * 64})
            return cloud.getresponse().read().decode()
        while True:
            api.request("GET", base + "invocation/next")
            answer = api.getresponse()
            event = json.loads(answer.read())
            print("event " + json.dumps(event), flush=True)
            if event.get("do") == "wait":
                with open(event["gate"]) as gate: gate.read()
            result = dict(os.environ) if event.get("do") == "environment" else aws(event["call"]) if "call" in event else "NAME"
            api.request("POST", base + "invocation/" + answer.getheader("Lambda-Runtime-Aws-Request-Id") + "/response", json.dumps(result))
            api.getresponse().read()
        """;

    /// <summary>A package with such a bootstrap.</summary>
    /// <param name="name">What it answers.</param>
    /// <param name="mode">The bootstrap's mode on Unix; 0 as Windows writes it.</param>
    public static byte[] Zip(string name = "one", string mode = "755") => Zip(("bootstrap", Encoding.UTF8.GetBytes(Script.ReplaceLineEndings("\n").Replace("NAME", name, StringComparison.Ordinal)), mode));

    /// <summary>A package with files.</summary>
    public static byte[] Zip(params (string Name, byte[] Content, string Mode)[] files)
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content, mode) in files)
            {
                var entry = archive.CreateEntry(name);
                entry.ExternalAttributes = mode == "0" ? 0 : (0x8000 | Convert.ToInt32(mode, 8)) << 16;
                using var to = entry.Open();
                to.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The body of CreateFunction.</summary>
    public static string Create(byte[] zip, string more = "", string name = "fanout", string role = "fanout", string runtime = "provided.al2023") => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"FunctionName":"{{{name}}}","Role":"arn:aws:iam::123456789012:role/{{{role}}}","Runtime":"{{{runtime}}}","Handler":"bootstrap","Code":{"ZipFile":"{{{Convert.ToBase64String(zip)}}}"}{{{more}}}}""");

    public static void SkipWithoutPython() => Assert.SkipWhen(
        OperatingSystem.IsWindows() || !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "python3"))),
        "Needs python3 on the PATH of a Unix system.");
}
