using System.Globalization;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Sns;

/// <summary>The operations that make and describe topics.</summary>
internal sealed class TopicDescriptions(SnsService sns)
{
    private const int MostListed = 100;

    public HttpResponse Create(ServiceCall call)
    {
        string name = call.Form.RequiredText("Name");
        IReadOnlyDictionary<string, string> attributes = call.Form.Map("Attributes");
        bool fifo = attributes.TryGetValue("FifoTopic", out string? flag) && flag.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (fifo != name.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw SnsService.Invalid("Topic Name Reason: the name of a FIFO topic, and no other, ends with .fifo");
        }

        foreach ((string key, string value) in attributes)
        {
            Check(key, value);
        }

        SnsTopic topic = sns.CreateTopic(name, attributes, call.Region, call.AccountId);
        return XmlAnswer.Of(call, SnsService.Namespace, xml => xml.WriteElementString("TopicArn", topic.Arn));
    }

    public HttpResponse Delete(ServiceCall call)
    {
        sns.DeleteTopic(call.Destination ?? "");
        return XmlAnswer.Of(call, SnsService.Namespace);
    }

    public HttpResponse List(ServiceCall call)
    {
        string after = call.Form.Text("NextToken") ?? "";
        string[] rest =
        [
            .. sns.Topics
                .Where(topic => ArnText.Part(topic.Arn, 3) == call.Region && ArnText.Part(topic.Arn, 4) == call.AccountId)
                .Select(topic => topic.Arn)
                .Where(arn => string.CompareOrdinal(arn, after) > 0)
                .Order(StringComparer.Ordinal),
        ];
        return XmlAnswer.Of(call, SnsService.Namespace, xml =>
        {
            xml.WriteStartElement("Topics");
            foreach (string arn in rest.Take(MostListed))
            {
                xml.WriteStartElement("member");
                xml.WriteElementString("TopicArn", arn);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            if (rest.Length > MostListed)
            {
                xml.WriteElementString("NextToken", rest[MostListed - 1]);
            }
        });
    }

    public HttpResponse GetAttributes(ServiceCall call)
    {
        SnsTopic topic = sns.Resolve(call);
        SortedDictionary<string, string> all = new(StringComparer.Ordinal)
        {
            ["TopicArn"] = topic.Arn,
            ["Owner"] = ArnText.Part(topic.Arn, 4),
            ["DisplayName"] = "",
            ["SubscriptionsConfirmed"] = topic.Subscriptions.Count.ToString(CultureInfo.InvariantCulture),
            ["SubscriptionsPending"] = "0",
            ["SubscriptionsDeleted"] = "0",
            ["MaximumMessageSize"] = topic.MaximumMessageSize.ToString(CultureInfo.InvariantCulture),
        };
        if (topic.IsFifo)
        {
            all["FifoTopic"] = "true";
            all["ContentBasedDeduplication"] = "false";
        }

        foreach ((string name, string value) in topic.Attributes)
        {
            all[name] = value;
        }

        return XmlAnswer.Of(call, SnsService.Namespace, xml => SnsXml.WriteMap(xml, "Attributes", all));
    }

    public HttpResponse SetAttribute(ServiceCall call)
    {
        SnsTopic topic = sns.Resolve(call);
        string name = call.Form.RequiredText("AttributeName");
        string value = call.Form.Text("AttributeValue") ?? "";
        Check(name, value);
        topic.Attributes[name] = value;
        return XmlAnswer.Of(call, SnsService.Namespace);
    }

    private static void Check(string name, string value)
    {
        if (name == "MaximumMessageSize"
            && (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size is < 1024 or > 1024 * 1024))
        {
            throw SnsService.Invalid("MaximumMessageSize Reason: must be between 1024 and 1048576");
        }
    }
}
