using System.Net.WebSockets;
using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Reports;

/// <summary>A tab of Chromium, driven by the DevTools protocol.</summary>
/// <remarks>https://chromedevtools.github.io/devtools-protocol/tot/Page/ and its neighbours.</remarks>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationToken _cancellation;
    private int _lastId;

    private BrowserPage(CancellationToken cancellation) => _cancellation = cancellation;

    /// <summary>What the browser had to complain of: errors, warnings, violations of the policy, exceptions.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The addresses that were asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Opens a file, as on a screen of a width, where light or dark is preferred.</summary>
    public static async Task<BrowserPage> OpenAsync(ServerProcess browser, string file, int width, string scheme, CancellationToken cancellation)
    {
        using HttpClient http = new();
        using HttpResponseMessage made = await http.PutAsync(new Uri(browser.Endpoint, "/json/new?about:blank"), null, cancellation);
        JsonNode tab = JsonNode.Parse(await made.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation))!;
        BrowserPage page = new(cancellation);
        await page._socket.ConnectAsync(new Uri((string)tab["webSocketDebuggerUrl"]!), cancellation);
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await page.CallAsync($"{domain}.enable", []);
        }

        await page.CallAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await page.CallAsync("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }) });
        page.Complaints.Clear();
        page.Requests.Clear();
        await page.CallAsync("Page.navigate", new() { ["url"] = new Uri(file).AbsoluteUri });
        await page.EvaluateAsync("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))");
        return page;
    }

    /// <summary>The value of an expression of JavaScript, or of what it promises.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]!["value"];
    }

    /// <summary>What axe finds wrong: each rule with its impact and the elements.</summary>
    public async Task<string[]> FindBarriersAsync()
    {
        string axe = Path.Join(Checkout.Root, "tests", "FanOut.EndToEnd", "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(axe))
        {
            ServerMissing.EndTest("axe-core", "npm ci --ignore-scripts --prefix tests/FanOut.EndToEnd (needs Node.js)");
        }

        await EvaluateAsync($"{await File.ReadAllTextAsync(axe, _cancellation)}; 0");
        JsonNode found = (await EvaluateAsync(
            "axe.run().then(r => r.violations.map(v => `${v.impact} ${v.id}: ${v.help}: ` + v.nodes.map(n => n.target.join(' ')).join(', ')))"))!;
        return [.. found.AsArray().Select(static v => (string)v!)];
    }

    /// <summary>A picture of the whole page, or of its beginning.</summary>
    public async Task<byte[]> ShootAsync(int width, int? height = null)
    {
        double all = (double)(await EvaluateAsync("document.documentElement.scrollHeight"))!;
        JsonNode answer = await CallAsync("Page.captureScreenshot", new()
        {
            ["captureBeyondViewport"] = true,
            ["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = width, ["height"] = Math.Min(all, height ?? all), ["scale"] = 1 },
        });
        return Convert.FromBase64String((string)answer["data"]!);
    }

    /// <summary>Presses a key.</summary>
    public async Task PressAsync(string key, int code)
    {
        foreach (string type in new[] { "rawKeyDown", "keyUp" })
        {
            await CallAsync("Input.dispatchKeyEvent", new() { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code });
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_socket.State == WebSocketState.Open)
        {
            await CallAsync("Page.close", []);
        }

        _socket.Dispose();
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        int id = ++_lastId;
        JsonObject call = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, true, _cancellation);
        while (true)
        {
            JsonNode message = await ReceiveAsync();
            if ((int?)message["id"] == id)
            {
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message["error"]?.ToJsonString()}");
            }

            Note(message);
        }
    }

    private void Note(JsonNode message)
    {
        switch ((string?)message["method"])
        {
            case "Log.entryAdded" or "Runtime.exceptionThrown" or "Runtime.consoleAPICalled":
                Complaints.Add(message["params"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent":
                Requests.Add((string)message["params"]!["request"]!["url"]!);
                break;
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using MemoryStream text = new();
        byte[] buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _cancellation);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(text.ToArray())!;
    }
}
