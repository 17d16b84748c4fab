using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.Sns;

/// <summary>Amazon SNS.</summary>
public sealed partial class AmazonSimpleNotificationServiceClient : AwsClient
{
    private static readonly AnswerReader<PublishBatchResponse> PublishBatchReader =
        new(ReadPublishBatch, AwsQuery.Instance, AmazonSimpleNotificationServiceException.Of);

    private static readonly AnswerReader<PublishResponse> PublishReader =
        new(ReadPublish, AwsQuery.Instance, AmazonSimpleNotificationServiceException.Of);

    private readonly RequestHead _publishBatch;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonSimpleNotificationServiceClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config) => _publishBatch = Head(AwsQuery.Request("PublishBatch"));

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("SNS", "sns", "sns", "2010-03-31")
    {
        IsFipsInGovCloud = true,

        // SNS does not ask for it; but moto, when it checks signatures, reads a form before its hash is taken, unless it is told the hash.
        SendsBodyHash = true,
    };

    /// <summary>Publishes up to 10 messages and says which were refused or are not confirmed.</summary>
    /// <exception cref="AmazonSimpleNotificationServiceException">The service refused the whole call.</exception>
    public async Task<PublishBatchResponse> PublishBatchAsync(PublishBatchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        int size = 512;
        foreach (ref readonly PublishBatchRequestEntry entry in request.PublishBatchRequestEntries.Span)
        {
            size += FormUrl.LengthOf(entry.Message.Span) + 1024;
        }

        using var body = new RequestBody(size);
        body.Write("Action=PublishBatch&Version=2010-03-31&TopicArn="u8);
        body.WriteFormValue(Encoding.UTF8.GetBytes(request.TopicArn));
        for (int i = 0; i < request.PublishBatchRequestEntries.Length; i++)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"&PublishBatchRequestEntries.member.{i + 1}.");
            Write(body, Encoding.ASCII.GetBytes(prefix), "Id="u8);
            body.WriteNumber(i);
            Write(body, Encoding.ASCII.GetBytes(prefix), request.PublishBatchRequestEntries.Span[i]);
        }

        PublishBatchResponse response = await SendAsync(_publishBatch, body, PublishBatchReader, cancellationToken).ConfigureAwait(false);
        response.Failed = response.Results.NotTaken(request.PublishBatchRequestEntries.Length);
        return response;
    }

    /// <summary>Publishes one message.</summary>
    /// <exception cref="AmazonSimpleNotificationServiceException">The service refused the message.</exception>
    public async Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new RequestBody(1024 + FormUrl.LengthOf(request.Entry.Message.Span));
        body.Write("Action=Publish&Version=2010-03-31&TopicArn="u8);
        body.WriteFormValue(Encoding.UTF8.GetBytes(request.TopicArn));
        Write(body, "&"u8, request.Entry);
        return await SendAsync(AwsQuery.Request("Publish", body), PublishReader, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A topic's attributes.</summary>
    /// <exception cref="AmazonSimpleNotificationServiceException">The service refused the call; <c>NotFound</c>: there is no such topic.</exception>
    public async Task<GetTopicAttributesResponse> GetTopicAttributesAsync(GetTopicAttributesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsQuery.Body("GetTopicAttributes", Service.ApiVersion, ("TopicArn", request.TopicArn));
        return await SendAsync(
            AwsQuery.Request("GetTopicAttributes", body),
            AwsQuery.Answers<GetTopicAttributesResponse>("GetTopicAttributes", ReadAttributes, AmazonSimpleNotificationServiceException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A page of the region's topics.</summary>
    /// <exception cref="AmazonSimpleNotificationServiceException">The service refused the call.</exception>
    public async Task<ListTopicsResponse> ListTopicsAsync(ListTopicsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsQuery.Body("ListTopics", Service.ApiVersion, ("NextToken", request.NextToken));
        return await SendAsync(
            AwsQuery.Request("ListTopics", body),
            AwsQuery.Answers<ListTopicsResponse>("ListTopics", ReadTopics, AmazonSimpleNotificationServiceException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    private static void Write(RequestBody body, ReadOnlySpan<byte> prefix, in PublishBatchRequestEntry entry)
    {
        Write(body, prefix, "Message="u8);
        body.WriteFormValue(entry.Message.Span);
        if (entry.Subject is { } subject)
        {
            Write(body, prefix, "Subject="u8);
            body.WriteFormValue(Encoding.UTF8.GetBytes(subject));
        }

        int attributes = MessageEncoding.CountAttributes(entry.IsBase64, entry.MessageAttributes);
        for (int i = 0; i < attributes; i++)
        {
            WriteAttribute(body, prefix, i + 1, MessageEncoding.Attribute(entry.IsBase64, entry.MessageAttributes, i));
        }

        if (!entry.MessageGroupId.IsEmpty)
        {
            Write(body, prefix, "MessageGroupId="u8);
            body.WriteFormValue(entry.MessageGroupId.Span);
        }

        if (!entry.MessageDeduplicationId.IsEmpty)
        {
            Write(body, prefix, "MessageDeduplicationId="u8);
            body.WriteFormValue(entry.MessageDeduplicationId.Span);
        }
    }

    private static void WriteAttribute(RequestBody body, ReadOnlySpan<byte> prefix, int number, in MessageAttributeValue attribute)
    {
        byte[] entry = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"MessageAttributes.entry.{number}."));
        Write(body, prefix, entry);
        body.Write("Name="u8);
        body.WriteFormValue(Encoding.UTF8.GetBytes(attribute.Name));
        Write(body, prefix, entry);
        body.Write("Value.DataType="u8);
        body.WriteFormValue(Encoding.UTF8.GetBytes(attribute.DataType));
        Write(body, prefix, entry);
        body.Write(attribute.IsBinary ? "Value.BinaryValue="u8 : "Value.StringValue="u8);
        body.WriteFormValue(Encoding.UTF8.GetBytes(attribute.Value));
    }

    private static void Write(RequestBody body, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> name)
    {
        body.Write(prefix);
        body.Write(name);
    }

    private static void ReadPublishBatch(WireAnswer answer, PublishBatchResponse response)
    {
        if (PublishBatchLayout.TryRead(answer.Body, out NamedResults taken, out int count))
        {
            (response.Results, response.EntryCount) = (taken, count);
            return;
        }

        ReadAnyPublishBatch(answer, response);
    }

    // <PublishBatchResult><Successful><member><Id>0</Id>…</member></Successful><Failed><member><Id/><Code/><Message/><SenderFault/></member></Failed></…>
    internal static void ReadAnyPublishBatch(WireAnswer answer, PublishBatchResponse response)
    {
        NamedResults results = default;
        using XmlReader reader = AwsQuery.Open(answer);
        string list = "";
        while (reader.Read())
        {
            if (reader.LocalName is "Successful" or "Failed")
            {
                list = reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement ? reader.LocalName : "";
            }
            else if (list.Length > 0 && reader.NodeType == XmlNodeType.Element && reader.LocalName == "member")
            {
                response.EntryCount++;
                if (list == "Failed")
                {
                    results.Refuse(ReadFailed(reader.ReadSubtree()));
                }
                else
                {
                    results.Take(ReadSuccessful(reader));
                }
            }
        }

        response.Results = results;
    }

    private static int ReadSuccessful(XmlReader reader)
    {
        int id = -1, depth = reader.Depth;
        if (reader.IsEmptyElement)
        {
            return id;
        }

        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.Depth == depth + 1 && reader.NodeType == XmlNodeType.Element && reader.LocalName == "Id" && !reader.IsEmptyElement)
            {
                reader.Read();
                id = NamedResults.IdOf(reader.Value.AsSpan().Trim());
            }
        }

        return id;
    }

    private static BatchResultErrorEntry ReadFailed(XmlReader member)
    {
        int id = -1;
        string code = "", message = "";
        bool senderFault = false;
        using (member)
        {
            member.Read();
            member.Read();
            while (!member.EOF)
            {
                switch (member.NodeType == XmlNodeType.Element && member.Depth == 1 ? member.LocalName : null)
                {
                    case "Id":
                        id = NamedResults.IdOf(ReadText(member).AsSpan().Trim());
                        break;
                    case "Code":
                        code = ReadText(member);
                        break;
                    case "Message":
                        message = ReadText(member);
                        break;
                    case "SenderFault":
                        senderFault = ReadText(member).AsSpan().Trim() is "true" or "1";
                        break;
                    default:
                        member.Read();
                        break;
                }
            }
        }

        return new BatchResultErrorEntry(id, code, message, senderFault);
    }

    /// <summary>An element's text, and moves behind it; empty where it holds elements: what cannot be read of one message must not cost what is said of the others.</summary>
    // Not XNode.ReadFrom: System.Xml.Linq, which the function uses nowhere else, would add 300 KB to its package.
    private static string ReadText(XmlReader element)
    {
        if (element.IsEmptyElement)
        {
            element.Read();
            return "";
        }

        int depth = element.Depth;
        string text = "";
        bool hasElements = false;
        while (element.Read() && element.Depth > depth)
        {
            hasElements |= element.NodeType == XmlNodeType.Element;
            text += element.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace ? element.Value : "";
        }

        // Behind the end of the element.
        element.Read();
        return hasElements ? "" : text;
    }

    private static void ReadPublish(WireAnswer answer, PublishResponse response)
    {
        using XmlReader reader = AwsQuery.Open(answer);
        if (!reader.ReadToFollowing("MessageId"))
        {
            throw new XmlException("The answer of Publish holds no MessageId.");
        }

        response.MessageId = reader.ReadElementContentAsString();
    }

    private static void ReadAttributes(XElement result, GetTopicAttributesResponse response) => response.Attributes = ReadMap(result);

    // <Topics><member><TopicArn>…</TopicArn></member>…</Topics><NextToken>…</NextToken>
    private static void ReadTopics(XElement result, ListTopicsResponse response)
    {
        response.Topics = result.Each("Topics", static topic => new Topic { TopicArn = topic.Text("TopicArn") });
        response.NextToken = result.Token("NextToken");
    }
}
