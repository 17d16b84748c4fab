using System.Text.Json;

namespace FanOut.Tests.LocalCloud.Logs;

public sealed class LogsServiceTests : CloudTests
{
    private const string GroupArn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout";

    [Fact]
    public async Task A_group_is_made_described_changed_and_deleted()
    {
        await LogsAsync("CreateLogGroup", """{"logGroupName":"/aws/lambda/fanout","tags":{"a":"1"}}""");
        await LogsAsync("PutRetentionPolicy", """{"logGroupName":"/aws/lambda/fanout","retentionInDays":30}""");
        await LogsAsync("TagResource", $$$$$"""{"resourceArn":"{{{{{GroupArn}}}}}","tags":{"b":"2"}}""");

        JsonElement group = (await LogsAsync("DescribeLogGroups", """{"logGroupNamePrefix":"/aws/lambda/"}""")).Json.GetProperty("logGroups")[0];
        Assert.Equal((GroupArn + ":*", GroupArn, 30), (group.GetProperty("arn").GetString(), group.GetProperty("logGroupArn").GetString(), group.GetProperty("retentionInDays").GetInt32()));
        Assert.Equal(Time.GetUtcNow().ToUnixTimeMilliseconds(), group.GetProperty("creationTime").GetInt64());
        Assert.Equal("""{"tags":{"a":"1","b":"2"}}""", (await LogsAsync("ListTagsForResource", $$"""{"resourceArn":"{{GroupArn}}"}""")).Text);

        await LogsAsync("DeleteRetentionPolicy", """{"logGroupName":"/aws/lambda/fanout"}""");
        Assert.Null(Cloud.Logs.Find("/aws/lambda/fanout")!.RetentionInDays);
        await LogsAsync("DeleteLogGroup", """{"logGroupName":"/aws/lambda/fanout"}""");
        Assert.Empty(Cloud.Logs.LogGroups);
    }

    [Theory]
    [InlineData("CreateLogGroup", """{"logGroupName":"there"}""", "ResourceAlreadyExistsException")]
    [InlineData("CreateLogGroup", """{"logGroupName":"not allowed"}""", "InvalidParameterException")]
    [InlineData("PutRetentionPolicy", """{"logGroupName":"nothing","retentionInDays":30}""", "ResourceNotFoundException")]
    [InlineData("PutRetentionPolicy", """{"logGroupName":"there","retentionInDays":31}""", "InvalidParameterException")]
    [InlineData("DeleteLogGroup", """{"logGroupName":"nothing"}""", "ResourceNotFoundException")]
    [InlineData("DescribeLogGroups", """{"limit":51}""", "InvalidParameterException")]
    public async Task What_cannot_be_is_refused(string operation, string body, string error)
    {
        await LogsAsync("CreateLogGroup", """{"logGroupName":"there"}""");

        Assert.Equal((400, error), ((await LogsAsync(operation, body)) is var answer ? answer.Status : 0, answer.Error));
    }

    [Fact]
    public async Task Groups_are_listed_page_by_page()
    {
        foreach (string name in (string[])["c", "a", "b"])
        {
            await LogsAsync("CreateLogGroup", $$"""{"logGroupName":"{{name}}"}""");
        }

        JsonElement first = (await LogsAsync("DescribeLogGroups", """{"limit":2}""")).Json;
        JsonElement rest = (await LogsAsync("DescribeLogGroups", $$"""{"limit":2,"nextToken":"{{first.GetProperty("nextToken").GetString()}}"}""")).Json;

        Assert.Equal(["a", "b"], Names(first));
        Assert.Equal(["c"], Names(rest));
        Assert.False(rest.TryGetProperty("nextToken", out _));

        static IEnumerable<string?> Names(JsonElement page) => page.GetProperty("logGroups").EnumerateArray().Select(group => group.GetProperty("logGroupName").GetString());
    }

    private Task<Answer> LogsAsync(string operation, string body) => Aws.JsonAsync("logs", $"Logs_20140328.{operation}", body);
}
