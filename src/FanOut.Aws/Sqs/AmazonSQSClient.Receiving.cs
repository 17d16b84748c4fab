using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Sqs;

/// <content>Receiving messages, hiding them for longer and deleting them: what the module does, not the function.</content>
public sealed partial class AmazonSQSClient
{
    /// <summary>Receives up to 10 messages, which are hidden from other receivers for a while.</summary>
    /// <exception cref="AmazonSQSException">The service refused the call; <c>OverLimit</c>: too many messages of the queue are hidden.</exception>
    public Task<ReceiveMessageResponse> ReceiveMessageAsync(ReceiveMessageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ReceiveMessageResponse>("ReceiveMessage", json =>
        {
            json.Optional("QueueUrl", request.QueueUrl);
            json.Optional("MaxNumberOfMessages", request.MaxNumberOfMessages);
            json.Optional("VisibilityTimeout", request.VisibilityTimeout);
            json.Optional("WaitTimeSeconds", request.WaitTimeSeconds);
            json.Optional("MessageSystemAttributeNames", request.MessageSystemAttributeNames);
        },
        static (json, response) => response.Messages = json.Each("Messages", ReadMessage), cancellationToken);
    }

    /// <summary>Deletes up to 10 messages and says which were not, or are not confirmed.</summary>
    /// <exception cref="AmazonSQSException">The service refused the whole call.</exception>
    public async Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(DeleteMessageBatchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        DeleteMessageBatchResponse response = await CallAsync<DeleteMessageBatchResponse>(
            "DeleteMessageBatch",
            json => WriteEntries(json, request.QueueUrl, request.ReceiptHandles, null),
            static (json, response) => response.Results = ReadResults(json),
            cancellationToken).ConfigureAwait(false);
        response.Failed = response.Results.NotTaken(request.ReceiptHandles.Count);
        return response;
    }

    /// <summary>Changes how long up to 10 messages stay hidden from now on, and says for which it was not changed, or is not confirmed.</summary>
    /// <exception cref="AmazonSQSException">The service refused the whole call.</exception>
    public async Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(
        ChangeMessageVisibilityBatchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ChangeMessageVisibilityBatchResponse response = await CallAsync<ChangeMessageVisibilityBatchResponse>(
            "ChangeMessageVisibilityBatch",
            json => WriteEntries(json, request.QueueUrl, request.ReceiptHandles, request.VisibilityTimeout),
            static (json, response) => response.Results = ReadResults(json),
            cancellationToken).ConfigureAwait(false);
        response.Failed = response.Results.NotTaken(request.ReceiptHandles.Count);
        return response;
    }

    // {"MessageId":"…","ReceiptHandle":"…","Body":"…","Attributes":{"SentTimestamp":"…","ApproximateReceiveCount":"…"}}
    private static ReceivedMessage ReadMessage(JsonElement json) => new()
    {
        MessageId = json.Text("MessageId") ?? "",
        ReceiptHandle = json.Text("ReceiptHandle") ?? "",
        Body = json.Text("Body") ?? "",
        Attributes = json.Map("Attributes") ?? [],
    };

    // {"QueueUrl":"…","Entries":[{"Id":"0","ReceiptHandle":"…","VisibilityTimeout":30},…]}
    private static void WriteEntries(Utf8JsonWriter json, string queueUrl, IReadOnlyList<string> receiptHandles, int? visibilityTimeout)
    {
        json.WriteString("QueueUrl", queueUrl);
        json.WriteStartArray("Entries");
        for (int i = 0; i < receiptHandles.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("Id", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("ReceiptHandle", receiptHandles[i]);
            json.Optional("VisibilityTimeout", visibilityTimeout);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // {"Successful":[{"Id":"0"}],"Failed":[{"Id":"1","SenderFault":true,"Code":"…","Message":"…"}]}
    private static NamedResults ReadResults(JsonElement json)
    {
        NamedResults results = default;
        foreach (int id in json.Each("Successful", static e => NamedResults.IdOf(e.Text("Id").AsSpan())) ?? [])
        {
            results.Take(id);
        }

        foreach (BatchResultErrorEntry failed in json.Each("Failed", static e => new BatchResultErrorEntry(
            NamedResults.IdOf(e.Text("Id").AsSpan()), e.Text("Code") ?? "", e.Text("Message") ?? "", e.Truth("SenderFault") ?? false)) ?? [])
        {
            results.Refuse(failed);
        }

        return results;
    }
}
