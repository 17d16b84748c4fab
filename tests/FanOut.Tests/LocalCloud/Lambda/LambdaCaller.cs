using System.Text;
using System.Text.Json;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Wire;

namespace FanOut.Tests.LocalCloud.Lambda;

/// <summary>Calls a <see cref="LambdaService"/> as the cloud does, without the wire.</summary>
internal sealed class LambdaCaller(LambdaService service, string region = "us-east-1", string account = "123456789012")
{
    public Task<HttpResponse> InvokeAsync(string name, string payload, string? type = null, string query = "") =>
        InvokeAsync(name, Encoding.UTF8.GetBytes(payload), type, query);

    public Task<HttpResponse> InvokeAsync(string name, byte[] payload, string? type = null, string query = "")
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (type is not null)
        {
            headers["X-Amz-Invocation-Type"] = type;
        }

        return SendAsync(new("POST", $"/2015-03-31/functions/{Uri.EscapeDataString(name)}/invocations", query, headers, payload));
    }

    public async Task<JsonElement> CallAsync(string method, string path, string body = "", string query = "", int status = 200)
    {
        var response = await SendAsync(new(
            method, "/2015-03-31/event-source-mappings" + path, query, new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body)));
        Assert.Equal(status, response.Status);
        return JsonDocument.Parse(response.Body).RootElement;
    }

    public async Task<string> RefusalAsync(string method, string path, string body = "") =>
        (await Assert.ThrowsAsync<ServiceException>(() => CallAsync(method, path, body))) is var error ? $"{error.Status} {error.Code}: {error.Message}" : "";

    private Task<HttpResponse> SendAsync(HttpRequest request)
    {
        var call = new ServiceCall
        {
            Number = 1,
            Request = request,
            RequestId = "request",
            Service = "lambda",
            AccessKeyId = "AKIDEXAMPLE",
            AccountId = account,
            Region = region,
            Time = DateTimeOffset.UnixEpoch,
            Protocol = Protocol.RestJson,
            WireBytes = request.Body.Length,
        };
        call.Aim(service.Identify(call));
        return service.AnswerAsync(call, TestContext.Current.CancellationToken);
    }
}
