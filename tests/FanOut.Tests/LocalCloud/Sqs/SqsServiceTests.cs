using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Sqs;
using FanOut.LocalCloud.Sqs;

namespace FanOut.Tests.LocalCloud.Sqs;

public sealed class SqsServiceTests : CloudTests
{
    [Theory]
    [InlineData("https://sqs.us-east-1.amazonaws.com/123456789012/q")]
    [InlineData("https://us-east-1.queue.amazonaws.com/123456789012/q")]
    [InlineData("https://vpce-0a1b.sqs.us-east-1.vpce.amazonaws.com/123456789012/q")]
    [InlineData("http://localhost:4566/123456789012/q")]
    public async Task A_queue_is_found_by_the_path_of_its_URL_whatever_the_host(string url)
    {
        Cloud.Sqs.CreateQueue("q");

        Answer answer = await Aws.SqsAsync("SendMessage", $$"""{"QueueUrl":"{{url}}","MessageBody":"hi"}""");

        Assert.Equal("49f68a5c8493ec2c0bf489821c21fc3b", answer.Json.GetProperty("MD5OfMessageBody").GetString());
        Assert.Equal(("hi", true), (Assert.Single(Cloud.Sqs.Received).Text, Cloud.Sqs.Received.Single().IsFor("q")));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_has_its_old_name_in_a_header()
    {
        Answer answer = await Aws.SqsAsync("SendMessage", """{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/123456789012/none","MessageBody":"hi"}""");

        Assert.Equal((400, "QueueDoesNotExist"), (answer.Status, answer.Error));
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue;Sender", answer.Headers["x-amzn-query-error"]);
        Assert.Contains("com.amazonaws.sqs#QueueDoesNotExist", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_hidden_shown_again_and_deleted_in_batches_by_the_handle_that_came_last()
    {
        SqsQueue queue = Cloud.Sqs.CreateQueue("q");
        Cloud.Sqs.Send("q", "a");
        Cloud.Sqs.Send("q", "b");
        using AmazonSQSClient client = new(new BasicAWSCredentials("a", "b"), new AwsClientConfig(AmazonSQSClient.Service, "us-east-1", Cloud.Endpoint));
        ReceiveMessageRequest receive = new() { QueueUrl = queue.Url.AbsoluteUri, VisibilityTimeout = 60, WaitTimeSeconds = 0, MessageSystemAttributeNames = ["All"] };

        List<ReceivedMessage> first = (await client.ReceiveMessageAsync(receive, Cancellation)).Messages!;
        Assert.Empty((await client.ReceiveMessageAsync(receive, Cancellation)).Messages!);
        Assert.Empty((await client.ChangeMessageVisibilityBatchAsync(new() { QueueUrl = receive.QueueUrl, ReceiptHandles = [.. first.Select(static m => m.ReceiptHandle)], VisibilityTimeout = 0 }, Cancellation)).Failed);
        List<ReceivedMessage> second = (await client.ReceiveMessageAsync(receive, Cancellation)).Messages!;

        Assert.Equal(["a", "b"], second.Select(static m => m.Body).Order());
        Assert.Equal(first.Select(static m => m.MessageId).Order(), second.Select(static m => m.MessageId).Order());
        Assert.Equal("2", second[0].Attributes["ApproximateReceiveCount"]);
        ChangeMessageVisibilityBatchResponse late = await client.ChangeMessageVisibilityBatchAsync(
            new() { QueueUrl = receive.QueueUrl, ReceiptHandles = [first[0].ReceiptHandle, second[0].ReceiptHandle], VisibilityTimeout = 90 }, Cancellation);
        Assert.Equal((0, "MessageNotInflight"), (Assert.Single(late.Failed).Index, late.Failed[0].ErrorCode));
        Assert.Empty((await client.DeleteMessageBatchAsync(new() { QueueUrl = receive.QueueUrl, ReceiptHandles = [first[0].ReceiptHandle, second[0].ReceiptHandle] }, Cancellation)).Failed);
        Assert.Equal(second[1].MessageId, Assert.Single(queue.Messages).Id);
    }

    [Theory]
    [InlineData(1024 * 1024, null, null)]
    [InlineData((1024 * 1024) + 1, null, "InvalidParameterValue")]
    [InlineData(2048, "2048", null)]
    [InlineData(2049, "2048", "InvalidParameterValue")]
    public async Task A_message_may_measure_what_the_queue_allows(int size, string? maximum, string? error)
    {
        SqsQueue queue = Cloud.Sqs.CreateQueue("q", maximum is null ? null : new Dictionary<string, string> { ["MaximumMessageSize"] = maximum });

        Answer answer = await Send(queue, $"\"MessageBody\":\"{new string('x', size)}\"");

        Assert.Equal(error, answer.Error);
    }

    [Fact]
    public async Task Attributes_count_against_the_size_with_name_type_and_value()
    {
        SqsQueue queue = Cloud.Sqs.CreateQueue("q", new Dictionary<string, string> { ["MaximumMessageSize"] = "1024" });
        string attributes = ",\"MessageAttributes\":{\"name\":{\"DataType\":\"Binary\",\"BinaryValue\":\"AAEC\"}}";
        int room = 1024 - "name".Length - "Binary".Length - 3;

        Answer exact = await Send(queue, $"\"MessageBody\":\"{new string('x', room)}\"{attributes}");
        Answer over = await Send(queue, $"\"MessageBody\":\"{new string('x', room + 1)}\"{attributes}");

        Assert.Equal((null, "InvalidParameterValue"), (exact.Error, over.Error));
        Assert.Equal("AAEC", Assert.Single(Cloud.Sqs.Received).Attributes["name"]);
    }

    [Theory]
    [InlineData("a_-.b", "String", "v", null)]
    [InlineData("n", "Number.int", "-12.5e3", null)]
    [InlineData("a b", "String", "v", "InvalidParameterValue")]
    [InlineData(".a", "String", "v", "InvalidParameterValue")]
    [InlineData("a..b", "String", "v", "InvalidParameterValue")]
    [InlineData("aws.b", "String", "v", "InvalidParameterValue")]
    [InlineData("AWS.SNS.SMS.SenderID", "String", "v", "InvalidParameterValue")]
    [InlineData("n", "Number", "twelve", "InvalidParameterValue")]
    [InlineData("a", "String", "\\u0001", "InvalidParameterValue")]
    public async Task Names_and_values_of_attributes_are_checked(string name, string type, string value, string? error)
    {
        SqsQueue queue = Cloud.Sqs.CreateQueue("q");

        Answer answer = await Send(queue, $$$"""  "MessageBody":"m","MessageAttributes":{"{{{name}}}":{"DataType":"{{{type}}}","StringValue":"{{{value}}}"}} """);

        Assert.Equal(error, answer.Error);
    }

    [Theory]
    [InlineData(10, 1, null)]
    [InlineData(11, 1, "TooManyEntriesInBatchRequest")]
    [InlineData(0, 1, "EmptyBatchRequest")]
    [InlineData(2, 524288, null)]
    [InlineData(2, 524289, "BatchRequestTooLong")]
    public async Task A_batch_takes_ten_entries_and_one_MiB(int count, int size, string? error)
    {
        SqsQueue queue = Cloud.Sqs.CreateQueue("q");

        Answer answer = await SendBatch(queue, [.. Enumerable.Range(0, count).Select(i => $"\"Id\":\"{i}\",\"MessageBody\":\"{new string('x', size)}\"")]);

        Assert.Equal(error, answer.Error);
        Assert.Equal(error is null ? null : $"AWS.SimpleQueueService.{error};Sender", answer.Headers.GetValueOrDefault("x-amzn-query-error"));
        Assert.Equal(error is null ? count : 0, queue.Messages.Count);
    }

    [Theory]
    [InlineData("a", "a", "BatchEntryIdsNotDistinct")]
    [InlineData("a", "b c", "InvalidBatchEntryId")]
    [InlineData("a", "", "InvalidBatchEntryId")]
    public async Task Entry_ids_are_distinct_and_plain(string first, string second, string error)
    {
        SqsQueue queue = Cloud.Sqs.CreateQueue("q");

        Answer answer = await SendBatch(queue, $"\"Id\":\"{first}\",\"MessageBody\":\"x\"", $"\"Id\":\"{second}\",\"MessageBody\":\"x\"");

        Assert.Equal(error, answer.Error);
    }

    [Fact]
    public async Task A_bad_entry_fails_alone()
    {
        SqsQueue queue = Cloud.Sqs.CreateQueue("q", new Dictionary<string, string> { ["MaximumMessageSize"] = "1024" });

        Answer answer = await SendBatch(
            queue,
            "\"Id\":\"control\",\"MessageBody\":\"a\\u0001\"",
            "\"Id\":\"good\",\"MessageBody\":\"\\t\\n\\r ü😀\"",
            $"\"Id\":\"big\",\"MessageBody\":\"{new string('x', 1025)}\"",
            "\"Id\":\"noncharacter\",\"MessageBody\":\"\\uFFFE\"");

        Assert.Equal("good", Assert.Single(answer.Json.GetProperty("Successful").EnumerateArray()).GetProperty("Id").GetString());
        Assert.Equal(
            [("control", "InvalidMessageContents", true), ("big", "InvalidParameterValue", true), ("noncharacter", "InvalidMessageContents", true)],
            answer.Json.GetProperty("Failed").EnumerateArray()
                .Select(entry => (entry.GetProperty("Id").GetString(), entry.GetProperty("Code").GetString(), entry.GetProperty("SenderFault").GetBoolean())));
    }

    [Theory]
    [InlineData("", "MissingParameter")]
    [InlineData(",\"MessageGroupId\":\"g\"", "InvalidParameterValue")]
    [InlineData(",\"MessageGroupId\":\"a b\",\"MessageDeduplicationId\":\"d\"", "InvalidParameterValue")]
    [InlineData(",\"MessageGroupId\":\"ü\",\"MessageDeduplicationId\":\"d\"", "InvalidParameterValue")]
    [InlineData(",\"MessageGroupId\":\"g~!\",\"MessageDeduplicationId\":\"d\"", null)]
    public async Task A_FIFO_queue_wants_a_group_and_a_deduplication_id_of_plain_characters(string ids, string? error)
    {
        Answer answer = await Send(Fifo(), $"\"MessageBody\":\"x\"{ids}");

        Assert.Equal(error, answer.Error);
    }

    [Fact]
    public async Task A_FIFO_queue_takes_a_deduplication_id_once_in_five_minutes()
    {
        SqsQueue queue = Fifo();
        const string Message = "\"MessageBody\":\"x\",\"MessageGroupId\":\"g\",\"MessageDeduplicationId\":\"d\"";

        Answer first = await Send(queue, Message);
        Time.Advance(TimeSpan.FromSeconds(299));
        Answer again = await Send(queue, Message);
        Time.Advance(TimeSpan.FromSeconds(1));
        Answer later = await Send(queue, Message);

        Assert.Equal(first.Json.GetProperty("MessageId").GetString(), again.Json.GetProperty("MessageId").GetString());
        Assert.NotEqual(first.Json.GetProperty("MessageId").GetString(), later.Json.GetProperty("MessageId").GetString());
        Assert.Equal(2, queue.Messages.Count);
        Assert.Equal(2, Cloud.Sqs.Received.Count);
        Assert.Equal(("g", "d"), (Cloud.Sqs.Received.First().GroupId, Cloud.Sqs.Received.First().DeduplicationId));
    }

    [Fact]
    public async Task A_received_message_is_hidden_until_its_visibility_ends_or_it_is_deleted()
    {
        SqsQueue queue = Cloud.Sqs.CreateQueue("q");
        await Send(queue, "\"MessageBody\":\"x\"");

        JsonElement message = Assert.Single(await Receive(queue));
        Assert.Empty(await Receive(queue));
        Time.Advance(TimeSpan.FromSeconds(30));
        JsonElement again = Assert.Single(await Receive(queue));
        Assert.Equal("2", again.GetProperty("Attributes").GetProperty("ApproximateReceiveCount").GetString());

        await Aws.SqsAsync("DeleteMessage", $$"""{"QueueUrl":"{{queue.Url}}","ReceiptHandle":"{{message.GetProperty("ReceiptHandle").GetString()}}"}""");
        Assert.Single(queue.Messages);
        await Aws.SqsAsync("DeleteMessage", $$"""{"QueueUrl":"{{queue.Url}}","ReceiptHandle":"{{again.GetProperty("ReceiptHandle").GetString()}}"}""");
        Assert.Empty(queue.Messages);
    }

    [Fact]
    public async Task A_FIFO_group_waits_for_its_hidden_message()
    {
        SqsQueue queue = Fifo();
        foreach ((string group, string id) in ((string, string)[])[("a", "1"), ("a", "2"), ("b", "3")])
        {
            await Send(queue, $"\"MessageBody\":\"{id}\",\"MessageGroupId\":\"{group}\",\"MessageDeduplicationId\":\"{id}\"");
        }

        Assert.Equal(["1"], (await Receive(queue, 1)).Select(message => message.GetProperty("Body").GetString()));
        Assert.Equal(["3"], (await Receive(queue)).Select(message => message.GetProperty("Body").GetString()));
    }

    [Fact]
    public async Task A_long_poll_ends_when_a_message_comes()
    {
        SqsQueue queue = Cloud.Sqs.CreateQueue("q");
        Task<Answer> poll = Aws.SqsAsync("ReceiveMessage", $$"""{"QueueUrl":"{{queue.Url}}","WaitTimeSeconds":20}""");

        await Send(queue, "\"MessageBody\":\"x\"");

        Assert.Equal("x", Assert.Single((await poll).Json.GetProperty("Messages").EnumerateArray()).GetProperty("Body").GetString());
    }

    [Fact]
    public async Task Queues_are_made_listed_changed_and_emptied_by_calls()
    {
        Answer made = await Aws.SqsAsync("CreateQueue", """{"QueueName":"q","Attributes":{"MaximumMessageSize":"262144"}}""");
        string url = made.Json.GetProperty("QueueUrl").GetString()!;
        await Aws.SqsAsync("SetQueueAttributes", $$$"""{"QueueUrl":"{{{url}}}","Attributes":{"VisibilityTimeout":"5"}}""");
        await Aws.SqsAsync("SendMessage", $$"""{"QueueUrl":"{{url}}","MessageBody":"x"}""");

        Answer attributes = await Aws.SqsAsync("GetQueueAttributes", $$"""{"QueueUrl":"{{url}}","AttributeNames":["All"]}""");
        Answer found = await Aws.SqsAsync("GetQueueUrl", """{"QueueName":"q"}""");
        Answer list = await Aws.SqsAsync("ListQueues", "{}");
        await Aws.SqsAsync("PurgeQueue", $$"""{"QueueUrl":"{{url}}"}""");

        JsonElement all = attributes.Json.GetProperty("Attributes");
        Assert.Equal(
            ("262144", "5", "1", "arn:aws:sqs:us-east-1:123456789012:q"),
            (Text(all, "MaximumMessageSize"), Text(all, "VisibilityTimeout"), Text(all, "ApproximateNumberOfMessages"), Text(all, "QueueArn")));
        Assert.Equal(url, found.Json.GetProperty("QueueUrl").GetString());
        Assert.Equal(url, Assert.Single(list.Json.GetProperty("QueueUrls").EnumerateArray()).GetString());
        Assert.Empty(Cloud.Sqs.Find("q")!.Messages);
        Assert.Equal("InvalidAttributeValue", (await Aws.SqsAsync("SetQueueAttributes", $$$"""{"QueueUrl":"{{{url}}}","Attributes":{"MaximumMessageSize":"1023"}}""")).Error);
    }

    [Fact]
    public async Task Queues_are_listed_page_by_page_by_who_asks_for_pages()
    {
        foreach (string name in (string[])["b1", "a", "b3", "b2"])
        {
            Cloud.Sqs.CreateQueue(name);
        }

        Answer first = await Aws.SqsAsync("ListQueues", """{"QueueNamePrefix":"b","MaxResults":2}""");
        Answer rest = await Aws.SqsAsync("ListQueues", $$"""{"QueueNamePrefix":"b","MaxResults":2,"NextToken":"{{Text(first.Json, "NextToken")}}"}""");
        Answer all = await Aws.SqsAsync("ListQueues", "{}");

        Assert.Equal(["b1", "b2"], Names(first));
        Assert.Equal(["b3"], Names(rest));
        Assert.False(rest.Json.TryGetProperty("NextToken", out _));
        Assert.Equal(["a", "b1", "b2", "b3"], Names(all));
        Assert.Equal((400, "InvalidParameterValue"), ((await Aws.SqsAsync("ListQueues", """{"MaxResults":0}""")).Status, (await Aws.SqsAsync("ListQueues", """{"MaxResults":1001}""")).Error));

        static IEnumerable<string> Names(Answer answer) =>
            answer.Json.GetProperty("QueueUrls").EnumerateArray().Select(url => url.GetString()!.Split('/')[^1]);
    }

    private static string? Text(JsonElement parent, string name) => parent.GetProperty(name).GetString();

    private SqsQueue Fifo() => Cloud.Sqs.CreateQueue("q.fifo", new Dictionary<string, string> { ["FifoQueue"] = "true" });

    private Task<Answer> Send(SqsQueue queue, string members) => Aws.SqsAsync("SendMessage", $$"""{"QueueUrl":"{{queue.Url}}",{{members}}}""");

    private Task<Answer> SendBatch(SqsQueue queue, params string[] entries) =>
        Aws.SqsAsync("SendMessageBatch", $$"""{"QueueUrl":"{{queue.Url}}","Entries":[{{string.Join(',', entries.Select(entry => $"{{{entry}}}"))}}]}""");

    private async Task<JsonElement[]> Receive(SqsQueue queue, int most = 10)
    {
        string body = string.Create(CultureInfo.InvariantCulture, $$"""{"QueueUrl":"{{queue.Url}}","MaxNumberOfMessages":{{most}},"AttributeNames":["All"]}""");
        return [.. (await Aws.SqsAsync("ReceiveMessage", body)).Json.GetProperty("Messages").EnumerateArray()];
    }
}
