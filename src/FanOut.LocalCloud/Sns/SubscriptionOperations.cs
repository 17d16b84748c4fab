using System.Xml;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Sqs;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Sns;

/// <summary>The operations on subscriptions (https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html).</summary>
internal sealed class SubscriptionOperations(SnsService sns)
{
    private const int MostListed = 100;

    public HttpResponse Subscribe(ServiceCall call)
    {
        SnsTopic topic = sns.Resolve(call);
        string protocol = call.Form.RequiredText("Protocol");
        string endpoint = call.Form.RequiredText("Endpoint");
        IReadOnlyDictionary<string, string> attributes = call.Form.Map("Attributes");
        TopicSubscription subscription = protocol switch
        {
            // https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
            _ when topic.IsFifo && protocol != "sqs" => throw SnsService.Invalid($"Invalid protocol type: {protocol}"),
            "sqs" when sns.Queues.Find(endpoint) is { } queue => topic.Subscribe(protocol, Checked(topic, queue).Arn, call.AccountId, attributes),
            "lambda" when IsFunction(endpoint) => topic.Subscribe(protocol, endpoint, call.AccountId, attributes),
            "lambda" => throw SnsService.Invalid("Lambda endpoint ARN"),
            _ => throw SnsService.Invalid($"Endpoint Reason: the stand-in delivers to SQS queues of this cloud and to Lambda functions only; protocol '{protocol}', endpoint '{endpoint}'"),
        };
        return XmlAnswer.Of(call, SnsService.Namespace, xml => xml.WriteElementString("SubscriptionArn", subscription.Arn));
    }

    public HttpResponse Unsubscribe(ServiceCall call)
    {
        string arn = call.Form.RequiredText("SubscriptionArn");
        sns.Find(ArnOfTopic(arn))?.Unsubscribe(arn);
        return XmlAnswer.Of(call, SnsService.Namespace);
    }

    public HttpResponse ListByTopic(ServiceCall call) => Answer(call, sns.Resolve(call).Subscriptions);

    public HttpResponse List(ServiceCall call) => Answer(
        call, sns.Topics.Where(topic => ArnText.Part(topic.Arn, 3) == call.Region).SelectMany(topic => topic.Subscriptions).Where(s => s.Owner == call.AccountId));

    public HttpResponse GetAttributes(ServiceCall call)
    {
        TopicSubscription subscription = Find(call);
        SortedDictionary<string, string> all = new(subscription.Attributes, StringComparer.Ordinal)
        {
            ["SubscriptionArn"] = subscription.Arn,
            ["TopicArn"] = subscription.TopicArn,
            ["Protocol"] = subscription.Protocol,
            ["Endpoint"] = subscription.Endpoint,
            ["Owner"] = subscription.Owner,
            ["PendingConfirmation"] = "false",
        };
        return XmlAnswer.Of(call, SnsService.Namespace, xml => SnsXml.WriteMap(xml, "Attributes", all));
    }

    public HttpResponse SetAttribute(ServiceCall call)
    {
        Find(call).Attributes[call.Form.RequiredText("AttributeName")] = call.Form.Text("AttributeValue") ?? "";
        return XmlAnswer.Of(call, SnsService.Namespace);
    }

    private static SqsQueue Checked(SnsTopic topic, SqsQueue queue) => queue.IsFifo && !topic.IsFifo
        ? throw SnsService.Invalid("Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics")
        : queue;

    private static bool IsFunction(string endpoint)
    {
        try
        {
            return FunctionName.Parse(endpoint) is { Region: not null, AccountId: not null };
        }
        catch (ServiceException)
        {
            return false;
        }
    }

    private TopicSubscription Find(ServiceCall call)
    {
        string arn = call.Form.RequiredText("SubscriptionArn");
        return sns.Find(ArnOfTopic(arn))?.Subscriptions.FirstOrDefault(subscription => subscription.Arn == arn)
            ?? throw new ServiceException("NotFound", "Subscription does not exist", 404);
    }

    private static string ArnOfTopic(string subscriptionArn) =>
        subscriptionArn.Split(':').Length > 6 ? subscriptionArn[..subscriptionArn.LastIndexOf(':')] : throw SnsService.Invalid("SubscriptionArn Reason: An ARN must have at least 6 elements");

    private static HttpResponse Answer(ServiceCall call, IEnumerable<TopicSubscription> subscriptions)
    {
        string after = call.Form.Text("NextToken") ?? "";
        TopicSubscription[] rest = [.. subscriptions.Where(s => string.CompareOrdinal(s.Arn, after) > 0).OrderBy(s => s.Arn, StringComparer.Ordinal)];
        return XmlAnswer.Of(call, SnsService.Namespace, xml =>
        {
            xml.WriteStartElement("Subscriptions");
            foreach (TopicSubscription subscription in rest.Take(MostListed))
            {
                Write(xml, subscription);
            }

            xml.WriteEndElement();
            if (rest.Length > MostListed)
            {
                xml.WriteElementString("NextToken", rest[MostListed - 1].Arn);
            }
        });
    }

    private static void Write(XmlWriter xml, TopicSubscription subscription)
    {
        xml.WriteStartElement("member");
        xml.WriteElementString("SubscriptionArn", subscription.Arn);
        xml.WriteElementString("Owner", subscription.Owner);
        xml.WriteElementString("Protocol", subscription.Protocol);
        xml.WriteElementString("Endpoint", subscription.Endpoint);
        xml.WriteElementString("TopicArn", subscription.TopicArn);
        xml.WriteEndElement();
    }
}
