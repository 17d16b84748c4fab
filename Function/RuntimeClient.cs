using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace FanOut.Dispatch;

/// <summary>The Lambda Runtime API: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</summary>
/// <param name="http">A client without a time-out, because the next event may be long in coming.</param>
/// <param name="host">Host and port of the API.</param>
internal sealed class RuntimeClient(HttpClient http, string host)
{
    private readonly string _root = $"http://{host}/2018-06-01/runtime/";
    private byte[] _buffer = [];

    /// <summary>Leaves the buffer to the garbage collector, because a send that was given up may still read the event in it.</summary>
    public void AbandonBuffer() => _buffer = [];

    /// <summary>Waits for the next event.</summary>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.GetAsync(
            new Uri(_root + "invocation/next"), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        int length = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        string deadline = Header(response, "Lambda-Runtime-Deadline-Ms") ?? throw new HttpRequestException("The runtime API gave no deadline.");
        return new Invocation(
            Header(response, "Lambda-Runtime-Aws-Request-Id") ?? throw new HttpRequestException("The runtime API gave no request id."),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(deadline, CultureInfo.InvariantCulture)),
            Header(response, "Lambda-Runtime-Trace-Id"),
            _buffer.AsMemory(0, length));
    }

    /// <summary>Answers an invocation.</summary>
    public Task RespondAsync(string requestId, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/response", json, null, cancellationToken);

    /// <summary>Fails an invocation.</summary>
    public Task FailAsync(string requestId, string errorType, string message, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/error", Error(errorType, message), errorType, cancellationToken);

    /// <summary>Says that the function cannot start.</summary>
    public Task FailInitAsync(string errorType, string message, CancellationToken cancellationToken) =>
        PostAsync("init/error", Error(errorType, message), errorType, cancellationToken);

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private static byte[] Error(string errorType, string message)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("errorMessage"u8, message);
            writer.WriteString("errorType"u8, errorType);
            writer.WriteEndObject();
        }

        return json.ToArray();
    }

    private async Task<int> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        // Events are at most 6 MB; the buffer grows to the largest seen and is used again.
        int length = 0, announced = (int)(content.Headers.ContentLength ?? 64 * 1024);
        if (_buffer.Length < announced)
        {
            _buffer = GC.AllocateUninitializedArray<byte>(announced);
        }

        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (true)
            {
                if (length == _buffer.Length)
                {
                    if (content.Headers.ContentLength == length)
                    {
                        return length;
                    }

                    Array.Resize(ref _buffer, _buffer.Length * 2);
                }

                int read = await stream.ReadAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return length;
                }

                length += read;
            }
        }
    }

    private async Task PostAsync(string path, ReadOnlyMemory<byte> json, string? errorType, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, _root + path) { Content = content };
        if (errorType is not null)
        {
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", "Function." + errorType);
        }

        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }
}
