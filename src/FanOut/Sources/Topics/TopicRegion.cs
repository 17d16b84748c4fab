using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Sources.Topics;

/// <summary>From which region to which SNS invokes functions: https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html</summary>
internal static class TopicRegion
{
    // All others were launched after March 20, 2019, and are enabled by the account's owner. Of the partition aws only; other partitions have none.
    private static readonly HashSet<string> EnabledByDefault =
    [
        "ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2",
        "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ];

    /// <summary>The name by which SNS invokes a function for a topic.</summary>
    public static string PrincipalOf(string topicArn, string functionRegion) =>
        Arn.TryParse(topicArn, out Arn? topic) && topic.Region != functionRegion && IsOptIn(topic) ? $"sns.{topic.Region}.amazonaws.com" : "sns.amazonaws.com";

    /// <summary>Checks that a topic can invoke functions of a region.</summary>
    /// <exception cref="FanOutException">InvalidParameter: a FIFO topic, or one of a region that does not deliver there.</exception>
    public static void Check(string topicArn, string function, string functionRegion)
    {
        if (!TopicDestination.TryParse(topicArn, out TopicDestination? topic, out string? problem))
        {
            throw FanOutError.InvalidParameter("SourceArn", topicArn, $"'{topicArn}': {problem}.");
        }

        if (topic.IsFifo)
        {
            throw FanOutError.TopicIsFifo(topicArn);
        }

        if (topic.Region != functionRegion && IsOptIn(topic.Arn with { Region = functionRegion }))
        {
            throw FanOutError.TopicInOtherRegion(topicArn, topic.Region, function, functionRegion);
        }
    }

    private static bool IsOptIn(Arn topic) => topic.Partition == "aws" && !EnabledByDefault.Contains(topic.Region);
}
