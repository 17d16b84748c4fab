using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using FanOut.LocalCloud;

namespace FanOut.Tests.LocalCloud;

/// <summary>Calls the stand-in as an AWS client does, with a signature of the right form.</summary>
internal sealed class AwsHttp(Cloud cloud) : IDisposable
{
    private readonly HttpClient _client = new();

    public string Region { get; init; } = "us-east-1";

    public string AccessKeyId { get; init; } = "AKIDEXAMPLE";

    public string? SessionToken { get; init; }

    public void Dispose() => _client.Dispose();

    public Task<Answer> DynamoAsync(string operation, string body) => JsonAsync("dynamodb", $"DynamoDB_20120810.{operation}", body, "1.0");

    public Task<Answer> KinesisAsync(string operation, string body) => JsonAsync("kinesis", $"Kinesis_20131202.{operation}", body);

    public Task<Answer> FirehoseAsync(string operation, string body) => JsonAsync("firehose", $"Firehose_20150804.{operation}", body);

    public Task<Answer> SqsAsync(string operation, string body) => JsonAsync("sqs", $"AmazonSQS.{operation}", body, "1.0");

    public Task<Answer> BulkAsync(string path, string body, string service = "es") => SendAsync(service, HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), "application/x-ndjson");

    public Task<Answer> JsonAsync(string service, string target, string body, string version = "1.1") =>
        SendAsync(service, HttpMethod.Post, "/", Encoding.UTF8.GetBytes(body), $"application/x-amz-json-{version}", request => request.Headers.Add("X-Amz-Target", target));

    public Task<Answer> QueryAsync(string service, params (string Name, string Value)[] parameters) => SendAsync(
        service,
        HttpMethod.Post,
        "/",
        Encoding.UTF8.GetBytes(string.Join('&', parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(parameter.Value)}"))),
        "application/x-www-form-urlencoded");

    public async Task<Answer> SendAsync(
        string service, HttpMethod method, string path, byte[] body, string? contentType = null, Action<HttpRequestMessage>? change = null)
    {
        using HttpRequestMessage request = new(method, new Uri(cloud.Endpoint, path)) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        string date = cloud.Options.TimeProvider.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.Add("X-Amz-Date", date);
        if (SessionToken is not null)
        {
            request.Headers.Add("X-Amz-Security-Token", SessionToken);
        }

        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/{date[..8]}/{Region}/{service}/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}");
        change?.Invoke(request);
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer(
            (int)response.StatusCode,
            text,
            response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase));
    }
}
