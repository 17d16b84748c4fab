using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.Sqs;

/// <summary>Amazon SQS: sending messages and looking up queues; the other half receives and deletes them.</summary>
/// <remarks>
/// AWSSDK.SQS could be used, but it needs each message as a string, copies the body twice more, and hashes each message again to check the MD5 of
/// the answer. For each record that costs more than the rest of the engine.
/// </remarks>
public sealed partial class AmazonSQSClient : AwsClient
{
    private static readonly AnswerReader<SendMessageBatchResponse> SendMessageBatchReader =
        new(ReadSendMessageBatch, AwsJson.Instance, AmazonSQSException.Of);

    private readonly RequestHead _sendMessageBatch;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonSQSClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config) => _sendMessageBatch = Head(AwsJson.Request("1.0", "AmazonSQS", "SendMessageBatch"));

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("SQS", "sqs", "sqs", "2012-11-05") { IsFipsInGovCloud = true };

    /// <summary>Sends up to 10 messages and says which were refused or are not confirmed.</summary>
    /// <exception cref="AmazonSQSException">The service refused the whole call.</exception>
    public async Task<SendMessageBatchResponse> SendMessageBatchAsync(SendMessageBatchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new RequestBody(SizeOf(request));
        Write(body, request);
        SendMessageBatchResponse response = await SendAsync(_sendMessageBatch, body, SendMessageBatchReader, cancellationToken).ConfigureAwait(false);
        response.Failed = response.Results.NotTaken(request.Entries.Length);
        return response;
    }

    /// <summary>The URL of a queue.</summary>
    /// <exception cref="AmazonSQSException">The service refused the call; <c>QueueDoesNotExist</c>: there is no such queue.</exception>
    public Task<GetQueueUrlResponse> GetQueueUrlAsync(GetQueueUrlRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetQueueUrlResponse>("GetQueueUrl", json =>
        {
            json.Optional("QueueName", request.QueueName);
            json.Optional("QueueOwnerAWSAccountId", request.QueueOwnerAWSAccountId);
        },
        static (json, response) => response.QueueUrl = json.Text("QueueUrl"), cancellationToken);
    }

    /// <summary>Attributes of a queue.</summary>
    /// <exception cref="AmazonSQSException">The service refused the call; <c>QueueDoesNotExist</c>: there is no such queue.</exception>
    public Task<GetQueueAttributesResponse> GetQueueAttributesAsync(GetQueueAttributesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetQueueAttributesResponse>("GetQueueAttributes", json =>
        {
            json.Optional("QueueUrl", request.QueueUrl);
            json.Optional("AttributeNames", request.AttributeNames);
        },
        static (json, response) => response.Attributes = json.Map("Attributes"), cancellationToken);
    }

    /// <summary>A page of the region's queues.</summary>
    /// <exception cref="AmazonSQSException">The service refused the call.</exception>
    public Task<ListQueuesResponse> ListQueuesAsync(ListQueuesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListQueuesResponse>("ListQueues", json =>
        {
            json.Optional("QueueNamePrefix", request.QueueNamePrefix);
            json.Optional("MaxResults", request.MaxResults);
            json.Optional("NextToken", request.NextToken);
        },
        static (json, response) =>
        {
            response.QueueUrls = json.Texts("QueueUrls");
            response.NextToken = json.Token("NextToken");
        }, cancellationToken);
    }

    // {"QueueUrl":"…","Entries":[{"Id":"0","MessageBody":"…","MessageAttributes":{…},"MessageGroupId":"…","MessageDeduplicationId":"…"},…]}
    private static void Write(RequestBody body, SendMessageBatchRequest request)
    {
        body.Write("{\"QueueUrl\":"u8);
        body.WriteJsonString(request.QueueUrl);
        body.Write(",\"Entries\":["u8);
        for (int i = 0; i < request.Entries.Length; i++)
        {
            ref readonly SendMessageBatchRequestEntry entry = ref request.Entries.Span[i];
            body.Write(i == 0 ? "{\"Id\":\""u8 : ",{\"Id\":\""u8);
            body.WriteNumber(i);
            body.Write("\",\"MessageBody\":"u8);
            body.WriteJsonString(entry.MessageBody.Span);
            WriteAttributes(body, entry);

            if (!entry.MessageGroupId.IsEmpty)
            {
                body.Write(",\"MessageGroupId\":"u8);
                body.WriteJsonString(entry.MessageGroupId.Span);
            }

            if (!entry.MessageDeduplicationId.IsEmpty)
            {
                body.Write(",\"MessageDeduplicationId\":"u8);
                body.WriteJsonString(entry.MessageDeduplicationId.Span);
            }

            body.Write("}"u8);
        }

        body.Write("]}"u8);
    }

    private static void WriteAttributes(RequestBody body, in SendMessageBatchRequestEntry entry)
    {
        int count = MessageEncoding.CountAttributes(entry.IsBase64, entry.MessageAttributes);
        for (int i = 0; i < count; i++)
        {
            (string name, string value, string type) = MessageEncoding.Attribute(entry.IsBase64, entry.MessageAttributes, i);
            body.Write(i == 0 ? ",\"MessageAttributes\":{"u8 : ","u8);
            body.WriteJsonString(name);
            body.Write(":{\"DataType\":"u8);
            body.WriteJsonString(type);
            body.Write(type.StartsWith("Binary", StringComparison.Ordinal) ? ",\"BinaryValue\":"u8 : ",\"StringValue\":"u8);
            body.WriteJsonString(value);
            body.Write(i == count - 1 ? "}}"u8 : "}"u8);
        }
    }

    private static int SizeOf(SendMessageBatchRequest request)
    {
        int size = 512;
        foreach (ref readonly SendMessageBatchRequestEntry entry in request.Entries.Span)
        {
            size += JsonEscape.LengthOf(entry.MessageBody.Span) + entry.MessageGroupId.Length + entry.MessageDeduplicationId.Length + 200;
        }

        return size;
    }

    // {"Successful":[{"Id":"0",…}],"Failed":[{"Id":"1","SenderFault":false,"Code":"…","Message":"…"}]}
    private static void ReadSendMessageBatch(WireAnswer answer, SendMessageBatchResponse response)
    {
        NamedResults results = default;
        var reader = new Utf8JsonReader(answer.Body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isFailed = reader.ValueTextEquals("Failed"u8), isSuccessful = reader.ValueTextEquals("Successful"u8);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray || (!isFailed && !isSuccessful))
            {
                reader.Skip();
                continue;
            }

            for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; response.EntryCount++)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                }
                else if (isFailed)
                {
                    results.Refuse(ReadFailed(ref reader));
                }
                else
                {
                    results.Take(ReadSuccessful(ref reader));
                }
            }
        }

        response.Results = results;
    }

    private static int ReadSuccessful(ref Utf8JsonReader reader)
    {
        int id = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueIsEscaped ? reader.Text() == "Id" : reader.ValueTextEquals("Id"u8);
            reader.Read();
            if (isId)
            {
                id = ReadId(ref reader);
            }

            reader.Skip();
        }

        return id;
    }

    private static int ReadId(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String ? -1
        : reader.ValueIsEscaped ? NamedResults.IdOf(reader.Text().AsSpan())
        : NamedResults.IdOf(reader.ValueSpan);

    private static BatchResultErrorEntry ReadFailed(ref Utf8JsonReader reader)
    {
        int id = -1;
        string code = "", message = "";
        bool senderFault = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.Text();
            reader.Read();
            switch (name)
            {
                case "Id":
                    id = ReadId(ref reader);
                    break;
                case "Code":
                    code = reader.Text();
                    break;
                case "Message":
                    message = reader.Text();
                    break;
                case "SenderFault":
                    senderFault = reader.TokenType == JsonTokenType.True;
                    break;
            }

            reader.Skip();
        }

        return new BatchResultErrorEntry(id, code, message, senderFault);
    }

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, Action<Utf8JsonWriter> write, Action<JsonElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsJson.Body(write);
        return await SendAsync(AwsJson.Request("1.0", "AmazonSQS", operation, body), AwsJson.Answers(read, AmazonSQSException.Of), cancellationToken)
            .ConfigureAwait(false);
    }
}
