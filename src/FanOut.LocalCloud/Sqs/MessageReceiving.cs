using System.Globalization;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Messages;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Sqs;

/// <summary>ReceiveMessage, with long polling, and what is done with what was received: deleting it, or changing how long it is hidden.</summary>
internal sealed class MessageReceiving(SqsService sqs, TimeProvider time)
{
    public async Task<HttpResponse> ReceiveAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        SqsQueue queue = sqs.Resolve(call);
        int most = call.Json.Number("MaxNumberOfMessages") ?? 1;
        if (most is < 1 or > 10)
        {
            throw new ServiceException("InvalidParameterValue", $"Value {most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
        }

        TimeSpan visibility = TimeSpan.FromSeconds(call.Json.Number("VisibilityTimeout") ?? queue.Setting("VisibilityTimeout", 30));
        TimeSpan wait = TimeSpan.FromSeconds(call.Json.Number("WaitTimeSeconds") ?? queue.Setting("ReceiveMessageWaitTimeSeconds", 0));
        DateTimeOffset deadline = call.Time + wait;
        while (true)
        {
            Task changed = queue.Changed;
            DateTimeOffset now = time.GetUtcNow();
            IReadOnlyList<QueueMessage> messages = queue.Receive(most, visibility, now);
            if (messages.Count > 0 || now >= deadline)
            {
                return Answer(call, messages);
            }

            await Task.WhenAny(changed, Task.Delay(deadline - now, time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public HttpResponse Delete(ServiceCall call)
    {
        SqsQueue queue = sqs.Resolve(call);

        // As in AWS, an outdated handle deletes nothing and is not an error.
        queue.Delete(call.Json.RequiredText("ReceiptHandle"));
        return JsonAnswer.Empty;
    }

    public HttpResponse DeleteMany(ServiceCall call)
    {
        SqsQueue queue = sqs.Resolve(call);
        return EachEntry(call, entry =>
        {
            queue.Delete(entry.RequiredText("ReceiptHandle"));
            return null;
        });
    }

    public HttpResponse ChangeVisibility(ServiceCall call) =>
        Change(sqs.Resolve(call), call.Json) is { } refusal ? throw new ServiceException(refusal.Code, refusal.Message) : JsonAnswer.Empty;

    public HttpResponse ChangeVisibilityOfMany(ServiceCall call)
    {
        SqsQueue queue = sqs.Resolve(call);
        return EachEntry(call, entry => Change(queue, entry));
    }

    private (string Code, string Message)? Change(SqsQueue queue, JsonElement entry)
    {
        int seconds = entry.Number("VisibilityTimeout") ?? 0;
        return seconds is < 0 or > 43_200 ? ("InvalidParameterValue", $"Value {seconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200.")
            : queue.Hide(entry.RequiredText("ReceiptHandle"), time.GetUtcNow(), TimeSpan.FromSeconds(seconds)) ? null
            : ("MessageNotInflight", "The message referred to isn't in flight.");
    }

    // Ids are checked as for SendMessageBatch; no fault strikes single entries.
    private static HttpResponse EachEntry(ServiceCall call, Func<JsonElement, (string Code, string Message)?> act)
    {
        IReadOnlyList<JsonElement> entries = call.Json.Items("Entries");
        string[] ids = [.. entries.Select(static entry => entry.RequiredText("Id"))];
        BatchEntries.Check(ids, 0, int.MaxValue, "AWS.SimpleQueueService.");
        (string Id, (string Code, string Message)? Refusal)[] results = [.. entries.Select((entry, i) => (ids[i], act(entry)))];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("Successful");
            foreach ((string id, _) in results.Where(static r => r.Refusal is null))
            {
                json.WriteStartObject();
                json.WriteString("Id", id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("Failed");
            foreach ((string id, (string Code, string Message)? refusal) in results.Where(static r => r.Refusal is not null))
            {
                json.WriteStartObject();
                json.WriteString("Id", id);
                json.WriteString("Code", refusal!.Value.Code);
                json.WriteString("Message", refusal.Value.Message);
                json.WriteBoolean("SenderFault", true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static HttpResponse Answer(ServiceCall call, IReadOnlyList<QueueMessage> messages)
    {
        string[] system = [.. Names(call, "AttributeNames"), .. Names(call, "MessageSystemAttributeNames")];
        string[] own = Names(call, "MessageAttributeNames");
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("Messages");
            foreach (QueueMessage message in messages)
            {
                json.WriteStartObject();
                json.WriteString("MessageId", message.Id);
                json.WriteString("ReceiptHandle", message.ReceiptHandle);
                json.WriteString("MD5OfBody", Checksum.Md5Hex(Encoding.UTF8.GetBytes(message.Body)));
                json.WriteString("Body", message.Body);
                WriteSystemAttributes(json, message, system);
                WriteAttributes(json, message, own);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void WriteSystemAttributes(Utf8JsonWriter json, QueueMessage message, string[] wanted)
    {
        Dictionary<string, string?> all = new()
        {
            ["SentTimestamp"] = Milliseconds(message.SentAt),
            ["ApproximateReceiveCount"] = message.ReceiveCount.ToString(CultureInfo.InvariantCulture),
            ["ApproximateFirstReceiveTimestamp"] = Milliseconds(message.FirstReceivedAt ?? message.SentAt),
            ["MessageGroupId"] = message.GroupId,
            ["MessageDeduplicationId"] = message.DeduplicationId,
            ["SequenceNumber"] = message.SequenceNumber,
        };
        KeyValuePair<string, string?>[] chosen =
            [.. all.Where(attribute => attribute.Value is not null && (wanted.Contains("All") || wanted.Contains(attribute.Key)))];
        if (chosen.Length == 0)
        {
            return;
        }

        json.WriteStartObject("Attributes");
        foreach ((string name, string? value) in chosen)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, QueueMessage message, string[] wanted)
    {
        SortedDictionary<string, MessageAttribute> chosen = new(StringComparer.Ordinal);
        foreach ((string name, MessageAttribute attribute) in message.Attributes)
        {
            if (wanted.Any(pattern => pattern is "All" or ".*" || pattern == name || (pattern.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(pattern[..^1], StringComparison.Ordinal))))
            {
                chosen[name] = attribute;
            }
        }

        if (chosen.Count == 0)
        {
            return;
        }

        json.WriteString("MD5OfMessageAttributes", MessageAttribute.Md5(chosen));
        json.WriteStartObject("MessageAttributes");
        foreach ((string name, MessageAttribute attribute) in chosen)
        {
            json.WriteStartObject(name);
            json.WriteString("DataType", attribute.DataType);
            json.WriteString(attribute.IsBinary ? "BinaryValue" : "StringValue", attribute.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string[] Names(ServiceCall call, string list) => [.. call.Json.Items(list).Select(name => name.GetString() ?? "")];

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
