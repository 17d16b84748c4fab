using System.Text;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.Tests.LocalCloud.Lambda.Runtime;

/// <summary>The least that a function's runtime does, inside the test process.</summary>
internal sealed class RuntimeClient(RuntimeApi api) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new($"http://{api.Authority}/2018-06-01/runtime/") };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> NextAsync(CancellationToken? token = null) => _http.GetAsync(new Uri("invocation/next", UriKind.Relative), token ?? Token);

    public Task<HttpResponseMessage> PostAsync(string path, string body) => PostAsync(path, Encoding.UTF8.GetBytes(body));

    public Task<HttpResponseMessage> PostAsync(string path, byte[] body) =>
        _http.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent(body), Token);

    public async Task<string> TakeAsync()
    {
        using var next = await NextAsync();
        return next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
    }

    public void Dispose() => _http.Dispose();
}
