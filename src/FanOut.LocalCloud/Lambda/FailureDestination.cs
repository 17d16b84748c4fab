using System.Globalization;
using System.Text;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Messages;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// The on-failure destinations of event source mappings and asynchronous invocations: standard queues, topics and buckets. As in Lambda, a report is lost if
/// its destination does not exist.
/// </summary>
internal static class FailureDestination
{
    // https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html: aws/lambda/<event source mapping>/<shard>/…
    public static Task SendAsync(Cloud cloud, string arn, DiscardedBatch batch)
    {
        if (IsBucket(arn))
        {
            Put(cloud, arn, $"{batch.EventSourceMappingId}/{batch.ShardId}", batch.ToJsonWithPayload());
        }
        else
        {
            Send(cloud, arn, batch.ToJson());
        }

        return Task.CompletedTask;
    }

    // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html: aws/lambda/async/<function>/…
    public static void Send(Cloud cloud, string arn, string functionName, ReadOnlyMemory<byte> report)
    {
        if (IsBucket(arn))
        {
            Put(cloud, arn, $"async/{functionName}", report);
        }
        else
        {
            Send(cloud, arn, report.Span);
        }
    }

    // …/2026/11/25/2026-11-25T16.00.00-<random>
    private static void Put(Cloud cloud, string arn, string folder, ReadOnlyMemory<byte> report)
    {
        string time = cloud.Options.TimeProvider.GetUtcNow().UtcDateTime.ToString("yyyy'/'MM'/'dd'/'yyyy'-'MM'-'dd'T'HH'.'mm'.'ss", CultureInfo.InvariantCulture);
        cloud.S3.Deliver(arn, $"aws/lambda/{folder}/{time}-{Guid.NewGuid()}", report);
    }

    private static bool IsBucket(string arn) => ArnText.Part(arn, 2) == "s3";

    private static void Send(Cloud cloud, string arn, ReadOnlySpan<byte> report)
    {
        Message message = new(Encoding.UTF8.GetString(report), new());
        switch (ArnText.Part(arn, 2))
        {
            case "sqs":
                cloud.Sqs.Deliver(arn, message, call: 0, cloud.Options.TimeProvider.GetUtcNow());
                break;
            case "sns":
                cloud.Sns.Deliver(arn, message, call: 0, cloud.Options.TimeProvider.GetUtcNow());
                break;
        }
    }
}
