using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amazon.Runtime;

namespace FanOut.Dispatch.Start;

/// <summary>AWS's services as they answer calls with one record, without a network.</summary>
internal sealed class SampleServices : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client = new(new Answers());

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client.Dispose();

    private sealed class Answers : HttpMessageHandler
    {
        private const string Published =
            "<PublishBatchResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishBatchResult><Successful><member><Id>0</Id><MessageId>1</MessageId></member></Successful>"
            + "</PublishBatchResult></PublishBatchResponse>";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string target = request.Headers.TryGetValues("X-Amz-Target", out IEnumerable<string>? values) ? values.First() : "";
            string path = request.RequestUri!.AbsolutePath;
            string answer = target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..] switch
            {
                "PutRecords" => """{"FailedRecordCount":0,"Records":[{"SequenceNumber":"1","ShardId":"shardId-000000000000"}]}""",
                "PutRecordBatch" => """{"FailedPutCount":0,"RequestResponses":[{"RecordId":"1"}]}""",
                "PutEvents" => """{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}""",
                "StartExecution" => """{"executionArn":"arn:aws:states:us-east-1:123456789012:execution:sample:1","startDate":1}""",
                "SendMessageBatch" => """{"Successful":[{"Id":"0","MessageId":"1"}]}""",
                _ => path.EndsWith("/_bulk", StringComparison.Ordinal) ? """{"items":[{"index":{"status":201}}]}"""
                    : path.StartsWith("/topics/", StringComparison.Ordinal) ? """{"message":"OK"}"""
                    : path == "/" && target.Length == 0 ? Published
                    : "{}",
            };
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(answer));
            content.Headers.ContentType = new MediaTypeHeaderValue(answer == Published ? "text/xml" : "application/json");
            return Task.FromResult(new HttpResponseMessage(path.EndsWith("/invocations", StringComparison.Ordinal) ? HttpStatusCode.Accepted : HttpStatusCode.OK)
            {
                Content = content,
                RequestMessage = request,
            });
        }
    }
}
