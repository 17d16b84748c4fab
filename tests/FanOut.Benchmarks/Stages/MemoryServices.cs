using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amazon.Runtime;

namespace FanOut.Benchmarks.Stages;

/// <summary>AWS's services as they take all that they are sent, without a network.</summary>
/// <param name="records">How many entries an answer to a batch call has.</param>
internal sealed class MemoryServices(int records) : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client = new(new Services(records));

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client.Dispose();

    private sealed class Services(int records) : HttpMessageHandler
    {
        private readonly ConcurrentDictionary<string, byte[]> _putRecords = new();
        private readonly byte[] _putRecordBatch = Answer("{\"FailedPutCount\":0,\"RequestResponses\":[", records, static i => $$"""{"RecordId":"{{i:D16}}"}""", "]}");
        private readonly byte[] _putEvents = Answer("{\"FailedEntryCount\":0,\"Entries\":[", records, static i => $$"""{"EventId":"{{i}}"}""", "]}");
        private readonly byte[] _sendMessageBatch = Answer("{\"Successful\":[", records, static i => $$"""{"Id":"{{i}}","MessageId":"{{i}}"}""", "]}");
        private readonly byte[] _bulk = Answer("{\"items\":[", records, static _ => """{"index":{"status":201}}""", "]}");
        private readonly byte[] _publishBatch = Answer(
            "<PublishBatchResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishBatchResult><Successful>",
            records,
            static i => $"<member><Id>{i}</Id><MessageId>{i}</MessageId></member>",
            "</Successful></PublishBatchResult></PublishBatchResponse>");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string target = request.Headers.TryGetValues("X-Amz-Target", out IEnumerable<string>? values) ? values.First() : "";
            string path = request.RequestUri!.AbsolutePath;
            string? contentType = request.Content?.Headers.ContentType?.MediaType;
            byte[] answer = target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..] switch
            {
                "PutRecords" => _putRecords.GetOrAdd(contentType ?? "", of => PutRecordsAnswer.Of(of, records)),
                "PutRecordBatch" => _putRecordBatch,
                "PutEvents" => _putEvents,
                "StartExecution" => """{"executionArn":"arn:aws:states:us-east-1:123456789012:execution:m:1","startDate":1}"""u8.ToArray(),
                "SendMessageBatch" => _sendMessageBatch,
                _ => path.EndsWith("/_bulk", StringComparison.Ordinal) ? _bulk : path == "/" ? _publishBatch : "{\"message\":\"OK\"}"u8.ToArray(),
            };
            var content = new ByteArrayContent(answer);
            content.Headers.ContentType = new MediaTypeHeaderValue(answer == _publishBatch ? "text/xml" : contentType == PutRecordsAnswer.Cbor ? contentType : "application/json");
            return Task.FromResult(new HttpResponseMessage(path.EndsWith("/invocations", StringComparison.Ordinal) ? HttpStatusCode.Accepted : HttpStatusCode.OK)
            {
                Content = content,
                RequestMessage = request,
            });
        }

        private static byte[] Answer(string start, int entries, Func<int, string> entry, string end) =>
            Encoding.UTF8.GetBytes(start + string.Join(start[0] == '{' ? "," : "", Enumerable.Range(0, entries).Select(entry)) + end);
    }
}
