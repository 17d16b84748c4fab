using System.Text;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Messages;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// The on-failure destinations of event source mappings: standard queues and topics. As in Lambda, a report is lost if its destination does not exist.
/// </summary>
internal static class FailureDestination
{
    public static Task SendAsync(Cloud cloud, string arn, DiscardedBatch batch)
    {
        Message message = new(Encoding.UTF8.GetString(batch.ToJson()), new());
        switch (ArnText.Part(arn, 2))
        {
            case "sqs":
                cloud.Sqs.Deliver(arn, message, call: 0, cloud.Options.TimeProvider.GetUtcNow());
                break;
            case "sns":
                cloud.Sns.Deliver(arn, message, call: 0, cloud.Options.TimeProvider.GetUtcNow());
                break;
        }

        return Task.CompletedTask;
    }
}
