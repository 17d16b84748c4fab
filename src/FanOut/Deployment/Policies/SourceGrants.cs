using FanOut.Engine.Events;
using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>The permissions of the function's role with which Lambda reads a stream and reports the records that it drops.</summary>
internal static class SourceGrants
{
    // https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html; ListStreams, which AWS's managed policy has too, is only for the console.
    private static readonly string[] ReadStream =
        ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"];

    private static readonly string[] ReadConsumer = ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"];

    // https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
    private static readonly string[] ReadTableStream = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];

    /// <summary>The grants for one source. A topic needs none: it calls the function.</summary>
    public static IEnumerable<Grant> Of(ConnectedSource source) =>
        (source.OnFailure is { } destination ? OnFailure(destination) : []).Concat(Reading(source.EventSourceArn));

    /// <summary>The grants with which Lambda reports what it gave up.</summary>
    /// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html, also for the names of objects.</remarks>
    public static IEnumerable<Grant> OnFailure(string destination) => (Arn.TryParse(destination, out Arn? arn) ? arn.Service : "") switch
    {
        "sqs" => [DestinationGrants.Queue(destination)],
        "sns" => [DestinationGrants.Topic(destination)],
        "s3" =>
        [
            new Grant("ListBuckets", ["s3:ListBucket"], destination),
            DestinationGrants.Bucket(destination, "aws/lambda/"),
        ],
        _ => [],
    };

    private static IEnumerable<Grant> Reading(string eventSourceArn)
    {
        string stream = SourceArn.WithoutConsumer(eventSourceArn);
        switch (Arn.TryParse(stream, out Arn? arn) ? arn.Service : "")
        {
            case "kinesis":
                yield return new Grant("ReadStreams", ReadStream, stream);
                if (stream != eventSourceArn)
                {
                    yield return new Grant("ReadStreamConsumers", ReadConsumer, eventSourceArn);
                }

                break;
            case "dynamodb":
                yield return new Grant("ReadTableStreams", ReadTableStream, stream);
                yield return new Grant("ListTableStreams", ["dynamodb:ListStreams"], "*");
                break;
        }
    }
}
