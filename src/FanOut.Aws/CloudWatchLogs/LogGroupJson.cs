using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Reads log groups from JSON.</summary>
internal static class LogGroupJson
{
    public static void Read(JsonElement json, DescribeLogGroupsResponse response)
    {
        response.LogGroups = json.Each("logGroups", static group => new LogGroup
        {
            LogGroupName = group.Text("logGroupName"),
            Arn = group.Text("arn"),
            LogGroupArn = group.Text("logGroupArn"),
            CreationTime = group.LargeNumber("creationTime") is { } milliseconds ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : null,
            RetentionInDays = group.Number("retentionInDays"),
            StoredBytes = group.LargeNumber("storedBytes"),
            KmsKeyId = group.Text("kmsKeyId"),
            LogGroupClass = group.Text("logGroupClass"),
        });
        response.NextToken = json.Token("nextToken");
    }
}
