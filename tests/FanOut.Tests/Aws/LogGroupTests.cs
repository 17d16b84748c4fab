using FanOut.Aws.CloudWatchLogs;

namespace FanOut.Tests.Aws;

/// <summary>What moto does not do: changing the key, a group's class; and what is not sent.</summary>
public sealed class LogGroupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_group_is_read_as_the_service_writes_it()
    {
        await using Wire wire = new("""
            {"logGroups":[{"logGroupName":"g","creationTime":1767225600123,"retentionInDays":14,"metricFilterCount":0,"arn":"arn:g:*","storedBytes":5000000000,
              "kmsKeyId":"arn:k","logGroupClass":"STANDARD","logGroupArn":"arn:g","deletionProtectionEnabled":false},{"logGroupName":"h"}],"nextToken":""}
            """);
        using AmazonCloudWatchLogsClient client = Client(wire);

        DescribeLogGroupsResponse page = await client.DescribeLogGroupsAsync(new(), Cancellation);

        Assert.Equal("{}", wire.Arrived[0].Text);
        LogGroup group = page.LogGroups![0];
        Assert.Equal(("g", "arn:g:*", "arn:g", "arn:k", "STANDARD"), (group.LogGroupName, group.Arn, group.LogGroupArn, group.KmsKeyId, group.LogGroupClass));
        Assert.Equal(((int?)14, (long?)5_000_000_000, new DateTime(2026, 1, 1, 0, 0, 0, 123, DateTimeKind.Utc)), (group.RetentionInDays, group.StoredBytes, group.CreationTime!.Value));
        LogGroup bare = page.LogGroups[1];
        Assert.Equal((null, null, null, null), (bare.RetentionInDays, bare.CreationTime, bare.KmsKeyId, page.NextToken));
    }

    [Fact]
    public async Task Only_what_is_set_is_sent()
    {
        await using Wire wire = new("", "", "", "");
        using AmazonCloudWatchLogsClient client = Client(wire);

        await client.CreateLogGroupAsync(new() { LogGroupName = "g" }, Cancellation);
        await client.CreateLogGroupAsync(new() { LogGroupName = "g", KmsKeyId = "arn:k", Tags = new() { ["a"] = "1" } }, Cancellation);
        await client.AssociateKmsKeyAsync(new() { LogGroupName = "g", KmsKeyId = "arn:k" }, Cancellation);
        await client.PutRetentionPolicyAsync(new() { LogGroupName = "g", RetentionInDays = 7 }, Cancellation);

        Assert.Equal(
            [
                """CreateLogGroup {"logGroupName":"g"}""",
                """CreateLogGroup {"logGroupName":"g","kmsKeyId":"arn:k","tags":{"a":"1"}}""",
                """AssociateKmsKey {"logGroupName":"g","kmsKeyId":"arn:k"}""",
                """PutRetentionPolicy {"logGroupName":"g","retentionInDays":7}""",
            ],
            wire.Arrived.Select(request => $"{request.Header("x-amz-target")!["Logs_20140328.".Length..]} {request.Text}"));
        Assert.All(wire.Arrived, request => Assert.Equal("application/x-amz-json-1.1", request.Header("content-type")));
    }

    private static AmazonCloudWatchLogsClient Client(Wire wire) => new(Wire.Credentials, wire.Config(AmazonCloudWatchLogsClient.Service));
}
