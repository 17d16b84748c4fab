using System.Globalization;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Sqs;

/// <summary>The operations that make, describe and empty queues.</summary>
internal sealed class QueueDescriptions(SqsService sqs)
{
    private const int MostListed = 1000;

    public HttpResponse Create(ServiceCall call)
    {
        IReadOnlyDictionary<string, string> attributes = call.Json.Texts("Attributes");
        Check(attributes);
        return Url(sqs.CreateQueue(call.Json.RequiredText("QueueName"), attributes, call.Region, call.AccountId));
    }

    public HttpResponse Delete(ServiceCall call)
    {
        sqs.DeleteQueue(sqs.Resolve(call).Arn);
        return JsonAnswer.Empty;
    }

    public HttpResponse List(ServiceCall call)
    {
        string prefix = call.Json.Text("QueueNamePrefix") ?? "";
        string after = call.Json.Text("NextToken") ?? "";
        int? wanted = call.Json.Number("MaxResults");
        if (wanted is < 1 or > MostListed)
        {
            throw new ServiceException("InvalidParameterValue", $"Value {wanted} for parameter MaxResults is invalid. Reason: Must be an integer from 1 to {MostListed}.");
        }

        int most = wanted ?? MostListed;
        SqsQueue[] rest =
        [
            .. sqs.Queues
                .Where(queue => ArnText.Part(queue.Arn, 3) == call.Region && ArnText.Part(queue.Arn, 4) == call.AccountId)
                .Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(queue.Name, after) > 0)
                .OrderBy(queue => queue.Name, StringComparer.Ordinal),
        ];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("QueueUrls");
            foreach (SqsQueue queue in rest.Take(most))
            {
                json.WriteStringValue(queue.Url.AbsoluteUri);
            }

            json.WriteEndArray();

            // A caller who does not ask for pages gets one page and no token.
            if (wanted is not null && rest.Length > most)
            {
                json.WriteString("NextToken", rest[most - 1].Name);
            }
        });
    }

    public HttpResponse GetUrl(ServiceCall call) => Url(sqs.Resolve(call));

    public HttpResponse GetAttributes(ServiceCall call)
    {
        SqsQueue queue = sqs.Resolve(call);
        SortedDictionary<string, string> all = All(queue, call.Time);
        string[] wanted = [.. call.Json.Items("AttributeNames").Select(name => name.GetString() ?? "")];
        if (wanted.FirstOrDefault(name => name != "All" && !all.ContainsKey(name) && !IsSettable(name)) is { } unknown)
        {
            throw new ServiceException("InvalidAttributeName", $"Unknown Attribute {unknown}.");
        }

        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject("Attributes");
            foreach ((string name, string value) in all.Where(attribute => wanted.Contains("All") || wanted.Contains(attribute.Key)))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        });
    }

    public HttpResponse SetAttributes(ServiceCall call)
    {
        SqsQueue queue = sqs.Resolve(call);
        IReadOnlyDictionary<string, string> attributes = call.Json.Texts("Attributes");
        Check(attributes);
        foreach ((string name, string value) in attributes)
        {
            queue.Attributes[name] = value;
        }

        return JsonAnswer.Empty;
    }

    public HttpResponse Purge(ServiceCall call)
    {
        sqs.Resolve(call).Purge();
        return JsonAnswer.Empty;
    }

    private static HttpResponse Url(SqsQueue queue) => JsonAnswer.Of(json => json.WriteString("QueueUrl", queue.Url.AbsoluteUri));

    private static SortedDictionary<string, string> All(SqsQueue queue, DateTimeOffset now)
    {
        IReadOnlyList<QueueMessage> messages = queue.Messages;
        int visible = messages.Count(message => message.VisibleAt <= now);
        int delayed = messages.Count(message => message.VisibleAt > now && message.ReceiveCount == 0);
        SortedDictionary<string, string> all = new(StringComparer.Ordinal)
        {
            ["QueueArn"] = queue.Arn,
            ["ApproximateNumberOfMessages"] = Number(visible),
            ["ApproximateNumberOfMessagesNotVisible"] = Number(messages.Count - visible - delayed),
            ["ApproximateNumberOfMessagesDelayed"] = Number(delayed),
            ["CreatedTimestamp"] = Number(queue.Created.ToUnixTimeSeconds()),
            ["LastModifiedTimestamp"] = Number(queue.Created.ToUnixTimeSeconds()),
            ["MaximumMessageSize"] = Number(queue.MaximumMessageSize),
            ["MessageRetentionPeriod"] = "345600",
            ["VisibilityTimeout"] = "30",
            ["DelaySeconds"] = "0",
            ["ReceiveMessageWaitTimeSeconds"] = "0",
            ["SqsManagedSseEnabled"] = "true",
        };
        foreach ((string name, string value) in queue.Attributes)
        {
            all[name] = value;
        }

        return all;
    }

    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
    private static void Check(IReadOnlyDictionary<string, string> attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            (int Least, int Most)? range = name switch
            {
                "MaximumMessageSize" => (1024, 1024 * 1024),
                "VisibilityTimeout" => (0, 43200),
                "DelaySeconds" => (0, 900),
                "ReceiveMessageWaitTimeSeconds" => (0, 20),
                "MessageRetentionPeriod" => (60, 1209600),
                _ when IsSettable(name) => null,
                _ => throw new ServiceException("InvalidAttributeName", $"Unknown Attribute {name}."),
            };
            if (range is { } bounds
                && (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < bounds.Least || number > bounds.Most))
            {
                throw new ServiceException("InvalidAttributeValue", $"Invalid value for the parameter {name}.");
            }
        }
    }

    private static bool IsSettable(string name) => name is "Policy" or "RedrivePolicy" or "RedriveAllowPolicy" or "KmsMasterKeyId"
        or "KmsDataKeyReusePeriodSeconds" or "SqsManagedSseEnabled" or "FifoQueue" or "ContentBasedDeduplication" or "DeduplicationScope" or "FifoThroughputLimit";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
