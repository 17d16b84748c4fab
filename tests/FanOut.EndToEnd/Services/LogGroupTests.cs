using System.Net;
using System.Text.Json.Nodes;
using FanOut.Aws.CloudWatchLogs;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class LogGroupTests(MotoServer moto)
{
    private const string Key = "arn:aws:kms:us-east-1:123456789012:key/k";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_group_is_made_found_changed_and_deleted()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        using AmazonCloudWatchLogsClient client = Client(endpoint);
        const string Name = "/aws/lambda/made";

        await client.CreateLogGroupAsync(new() { LogGroupName = Name, KmsKeyId = Key, Tags = new() { ["by"] = "FanOut", ["é"] = "" } }, Cancellation);
        await client.PutRetentionPolicyAsync(new() { LogGroupName = Name, RetentionInDays = 14 }, Cancellation);

        LogGroup found = await FindAsync(client, Name);
        JsonNode read = (await api.JsonAsync("logs", "Logs_20140328.DescribeLogGroups", new() { ["logGroupNamePrefix"] = Name }))["logGroups"]![0]!;
        Assert.Equal((Name, (int?)14, Key), ((string?)read["logGroupName"], (int?)read["retentionInDays"], (string?)read["kmsKeyId"]));
        Assert.Equal((Name, (int?)14, Key, (long?)0), (found.LogGroupName, found.RetentionInDays, found.KmsKeyId, found.StoredBytes));
        Assert.Equal($"arn:aws:logs:{Emulated.Region}:{Emulated.Account}:log-group:{Name}", found.LogGroupArn);
        Assert.Equal(found.LogGroupArn + ":*", found.Arn);
        Assert.Equal((DateTime.UnixEpoch.AddMilliseconds((long)read["creationTime"]!), DateTimeKind.Utc), (found.CreationTime!.Value, found.CreationTime.Value.Kind));

        await client.TagResourceAsync(new() { ResourceArn = found.LogGroupArn!, Tags = new() { ["by"] = "somebody", ["c"] = "d" } }, Cancellation);
        Assert.Equal(
            new() { ["by"] = "somebody", ["é"] = "", ["c"] = "d" },
            (await client.ListTagsForResourceAsync(new() { ResourceArn = found.LogGroupArn! }, Cancellation)).Tags);

        await client.DeleteRetentionPolicyAsync(new() { LogGroupName = Name }, Cancellation);
        Assert.Null((await FindAsync(client, Name)).RetentionInDays);

        await client.DeleteLogGroupAsync(new() { LogGroupName = Name }, Cancellation);
        Assert.Empty((await client.DescribeLogGroupsAsync(new() { LogGroupNamePrefix = Name }, Cancellation)).LogGroups!);
    }

    [Fact]
    public async Task Lines_are_read_by_time_and_term_page_by_page()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        using AmazonCloudWatchLogsClient client = Client(endpoint);
        const string Name = "/aws/lambda/lines";
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000 * 1000;
        await client.CreateLogGroupAsync(new() { LogGroupName = Name }, Cancellation);
        await api.JsonAsync("logs", "Logs_20140328.CreateLogStream", new() { ["logGroupName"] = Name, ["logStreamName"] = "one" });
        JsonArray lines = [.. Enumerable.Range(0, 4).Select(i => new JsonObject { ["timestamp"] = now + (i * 1000), ["message"] = $"line {i} of {(i == 1 ? "copy" : "archive")}" })];
        await api.JsonAsync("logs", "Logs_20140328.PutLogEvents", new() { ["logGroupName"] = Name, ["logStreamName"] = "one", ["logEvents"] = lines });
        DateTimeOffset start = DateTimeOffset.FromUnixTimeMilliseconds(now);

        FilterLogEventsRequest request = new() { LogGroupName = Name, StartTime = start, EndTime = start.AddMilliseconds(2_500), FilterPattern = "\"archive\"", Limit = 1 };
        FilterLogEventsResponse first = await client.FilterLogEventsAsync(request, Cancellation);
        request.NextToken = first.NextToken;
        FilterLogEventsResponse second = await client.FilterLogEventsAsync(request, Cancellation);

        FilteredLogEvent[] found = [.. first.Events!, .. second.Events!];
        Assert.Equal([("line 0 of archive", start.UtcDateTime), ("line 2 of archive", start.UtcDateTime.AddSeconds(2))], found.Select(static l => (l.Message!, l.Timestamp)));
        Assert.Equal(2, found.Select(static l => l.EventId).Distinct().Count());
        Assert.Equal("one", found[0].LogStreamName);
    }

    [Fact]
    public async Task Log_groups_are_listed_page_by_page()
    {
        using AmazonCloudWatchLogsClient client = Client((await moto.StartAsync()).Endpoint);
        string[] names = ["/paged/0", "/paged/1", "/paged/2"];
        foreach (string name in names)
        {
            await client.CreateLogGroupAsync(new() { LogGroupName = name }, Cancellation);
        }

        DescribeLogGroupsResponse first = await client.DescribeLogGroupsAsync(new() { LogGroupNamePrefix = "/paged/", Limit = 2 }, Cancellation);
        DescribeLogGroupsResponse second = await client.DescribeLogGroupsAsync(new() { LogGroupNamePrefix = "/paged/", Limit = 2, NextToken = first.NextToken }, Cancellation);

        Assert.Equal(names[..2], first.LogGroups!.Select(group => group.LogGroupName!));
        Assert.Equal(names[2..], second.LogGroups!.Select(group => group.LogGroupName!));
        Assert.Null(second.NextToken);
    }

    [Fact]
    public async Task A_log_group_that_exists_or_does_not_is_refused()
    {
        using AmazonCloudWatchLogsClient client = Client((await moto.StartAsync()).Endpoint);
        await client.CreateLogGroupAsync(new() { LogGroupName = "twice" }, Cancellation);

        await RefusedAsync("ResourceAlreadyExistsException", client.CreateLogGroupAsync(new() { LogGroupName = "twice" }, Cancellation));
        await RefusedAsync("ResourceNotFoundException", client.DeleteLogGroupAsync(new() { LogGroupName = "absent" }, Cancellation));
        await RefusedAsync("ResourceNotFoundException", client.PutRetentionPolicyAsync(new() { LogGroupName = "absent", RetentionInDays = 1 }, Cancellation));
    }

    private static async Task<LogGroup> FindAsync(AmazonCloudWatchLogsClient client, string name) =>
        Assert.Single((await client.DescribeLogGroupsAsync(new() { LogGroupNamePrefix = name }, Cancellation)).LogGroups!);

    private static async Task RefusedAsync(string code, Task call)
    {
        AmazonCloudWatchLogsException refusal = await Assert.ThrowsAsync<AmazonCloudWatchLogsException>(() => call);
        Assert.Equal((HttpStatusCode.BadRequest, code), (refusal.StatusCode, refusal.ErrorCode));
        Assert.NotEmpty(refusal.Message);
    }

    private static AmazonCloudWatchLogsClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonCloudWatchLogsClient.Service, endpoint));
}
