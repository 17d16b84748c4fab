using System.Management.Automation;
using System.Text;
using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Dead letters in queues and buckets of moto, also what a topic has brought into a queue: looked at, sent again, gone.</summary>
public sealed class DeadLetterTests(MotoServer moto)
{
    [Fact]
    public async Task Letters_in_a_queue_also_by_way_of_a_topic_are_looked_at_sent_again_and_gone()
    {
        using MotoSession session = await StartAsync("letters-in-a-queue");
        string topic = (await session.Api.QueryAsync("sns", "2010-03-31", "CreateTopic", ("Name", "failed"))).Descendants().First(static e => e.Name.LocalName == "TopicArn").Value;
        await session.Api.QueryAsync("sns", "2010-03-31", "Subscribe", ("TopicArn", topic), ("Protocol", "sqs"), ("Endpoint", $"arn:aws:sqs:us-east-1:{Emulated.Account}:failed"));
        for (int i = 1; i <= 12; i++)
        {
            await session.Api.JsonAsync("sqs", "AmazonSQS.SendMessage", new() { ["QueueUrl"] = Url(session, "failed"), ["MessageBody"] = Letter(session, i) });
        }

        await session.Api.QueryAsync("sns", "2010-03-31", "Publish", ("TopicArn", topic), ("Message", Letter(session, 13)));

        for (int look = 0; look < 2; look++)
        {
            Assert.Equal(Enumerable.Range(1, 13), Numbers(session.Run("Get-FanOutDeadLetter failed")));
        }

        PSObject result = session.Run("Resume-FanOutDeadLetter failed").Only();
        Assert.Equal(("13", "13"), ($"{result.Properties["Delivered"].Value}", $"{result.Properties["Removed"].Value}"));
        Assert.Equal(Enumerable.Range(1, 13), await ArrivedAsync(session));
        Assert.Empty(session.Run("Get-FanOutDeadLetter failed").ThrowIfFailed().Output);
    }

    [Fact]
    public async Task Letters_in_a_bucket_are_looked_at_sent_again_and_gone_and_what_fails_stays_in_its_file()
    {
        using MotoSession session = await StartAsync("letters-in-a-bucket");
        await session.Api.RestAsync(HttpMethod.Put, "s3", "/orders-undelivered");
        await PutAsync("letters/archive/2026/11/25/16/1-2.ndjson", Letter(session, 1), Letter(session, 2));
        await PutAsync("letters/archive/2026/11/25/17/3-4.ndjson", Letter(session, 3), Letter(session, 4).Replace("\"archive\"", "\"absent\"", StringComparison.Ordinal));
        await PutAsync("other/5-5.ndjson", Letter(session, 5));

        Assert.Equal([1, 2, 3, 4], Numbers(session.Run("Get-FanOutDeadLetter s3://orders-undelivered/letters")));
        PowerShellResult result = session.Run("Resume-FanOutDeadLetter s3://orders-undelivered/letters");
        Assert.StartsWith("TargetNotFound,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);

        Assert.Equal([1, 2, 3], await ArrivedAsync(session));
        Assert.Equal([4], Numbers(session.Run("Get-FanOutDeadLetter s3://orders-undelivered/letters")));
        Assert.Equal([5], Numbers(session.Run("Get-FanOutDeadLetter s3://orders-undelivered/other")));

        Task PutAsync(string key, params string[] letters) =>
            session.Api.RestAsync(HttpMethod.Put, "s3", $"/orders-undelivered/{key}", Encoding.UTF8.GetBytes(string.Concat(letters.Select(static l => l + "\n"))));
    }

    private async Task<MotoSession> StartAsync(string function)
    {
        MotoSession session = await MotoSession.StartAsync(moto, function);
        foreach (string queue in new[] { "failed", "archive" })
        {
            await session.Api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = queue });
            await session.Api.JsonAsync("sqs", "AmazonSQS.PurgeQueue", new() { ["QueueUrl"] = Url(session, queue) });
        }

        session.Run("Register-FanOutTarget sqs archive archive -SourceArn $source -Collapse none -Enabled -WarningAction Ignore").ThrowIfFailed();
        return session;
    }

    private static string Url(MotoSession session, string queue) => new Uri(session.Endpoint, $"/{Emulated.Account}/{queue}").AbsoluteUri;

    private static string Letter(MotoSession session, int i) =>
        $$"""{"version":1,"mappingId":"archive","sourceArn":"{{session.Source}}","sequenceNumber":"{{i}}","partitionKey":"k{{i}}","class":"Refused","code":"x","attempts":1,"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"id\":{i}}}"))}}"}""";

    private static IEnumerable<int> Numbers(PowerShellResult letters) => letters.ThrowIfFailed().Output.Select(static l => int.Parse($"{l.Properties["SequenceNumber"].Value}", null)).Order();

    private static async Task<IEnumerable<int>> ArrivedAsync(MotoSession session)
    {
        List<int> arrived = [];
        while (true)
        {
            JsonNode page = await session.Api.JsonAsync("sqs", "AmazonSQS.ReceiveMessage", new() { ["QueueUrl"] = Url(session, "archive"), ["MaxNumberOfMessages"] = 10 });
            if (page["Messages"] is not JsonArray { Count: > 0 } messages)
            {
                return arrived.Order();
            }

            arrived.AddRange(messages.Select(static m => JsonNode.Parse(m!["Body"]!.GetValue<string>())!["id"]!.GetValue<int>()));
        }
    }
}
