using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace FanOut.EndToEnd.Servers;

/// <summary>Calls an emulator in its service's own protocol, with nothing of ours in between, to prepare a test and to read back.</summary>
/// <remarks>
/// Without a secret requests carry only the form of a signature, which is how an emulator tells the service and the region; with authorisation on
/// they are refused.
/// </remarks>
/// <param name="endpoint">The emulator's address.</param>
/// <param name="accessKey">Who calls; moto knows by it the account of an assumed role.</param>
/// <param name="region">The region called.</param>
/// <param name="secretKey">The key that signs; null: nothing does.</param>
/// <param name="token">The token of a session.</param>
public sealed class ServiceApi(Uri endpoint, string accessKey = "test", string region = "us-east-1", string? secretKey = null, string? token = null) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>A call in the AWS JSON protocol.</summary>
    /// <param name="service">The service's name in a signature.</param>
    /// <param name="target">The operation as X-Amz-Target names it, such as <c>Kinesis_20131202.GetRecords</c>.</param>
    /// <param name="input">The operation's input.</param>
    /// <returns>The operation's output; an empty object when there is none.</returns>
    public async Task<JsonNode> JsonAsync(string service, string target, JsonObject input)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint);
        request.Headers.Add("X-Amz-Target", target);
        request.Content = new StringContent(input.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(
            service == "kinesis" ? "application/x-amz-json-1.1" : "application/x-amz-json-1.0"));
        string output = Encoding.UTF8.GetString(await SendAsync(request, service, target));
        return output.Length == 0 ? new JsonObject() : JsonNode.Parse(output)!;
    }

    /// <summary>A call in the Query protocol.</summary>
    /// <param name="service">The service's name in a signature.</param>
    /// <param name="version">The version of its API.</param>
    /// <param name="action">The operation.</param>
    /// <param name="parameters">Its parameters, names as in the protocol.</param>
    /// <returns>The answer's root element.</returns>
    public async Task<XElement> QueryAsync(string service, string version, string action, params (string Name, string Value)[] parameters)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint);
        request.Content = new FormUrlEncodedContent(
            [new("Action", action), new("Version", version), .. parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))]);
        return XElement.Parse(Encoding.UTF8.GetString(await SendAsync(request, service, action)));
    }

    /// <summary>A call in a REST protocol.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="service">The service's name in a signature.</param>
    /// <param name="path">The path and query.</param>
    /// <param name="body">The body, if any.</param>
    /// <returns>The answer's body.</returns>
    public async Task<byte[]> RestAsync(HttpMethod method, string service, string path, ReadOnlyMemory<byte> body = default)
    {
        using HttpRequestMessage request = new(method, new Uri(endpoint, path));
        if (!body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(body);
        }

        return await SendAsync(request, service, $"{method} {path}");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<byte[]> SendAsync(HttpRequestMessage request, string service, string operation)
    {
        if (secretKey is not null)
        {
            await RequestSignature.AddAsync(request, (accessKey, secretKey, token), region, service);
        }
        else
        {
            request.Headers.Add("X-Amz-Date", "20260101T000000Z");
            request.Headers.TryAddWithoutValidation(
                "Authorization",
                $"AWS4-HMAC-SHA256 Credential={accessKey}/20260101/{region}/{service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=unchecked");
        }

        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        byte[] body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"{endpoint} answered {(int)response.StatusCode} to {operation}: {Encoding.UTF8.GetString(body)}", null, response.StatusCode);
        }

        return body;
    }
}
