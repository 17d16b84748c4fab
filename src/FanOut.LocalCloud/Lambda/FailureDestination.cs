using System.Text;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Messages;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// The on-failure destinations of event source mappings and asynchronous invocations: standard queues and topics. As in Lambda, a report is lost if its
/// destination does not exist.
/// </summary>
internal static class FailureDestination
{
    public static Task SendAsync(Cloud cloud, string arn, DiscardedBatch batch)
    {
        Send(cloud, arn, batch.ToJson());
        return Task.CompletedTask;
    }

    public static void Send(Cloud cloud, string arn, ReadOnlySpan<byte> report)
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
