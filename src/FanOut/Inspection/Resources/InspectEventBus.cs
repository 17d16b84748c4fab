using FanOut.Aws.EventBridge;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at an event bus of EventBridge.</summary>
/// <remarks>
/// It is worth a look: PutEvents takes events for a bus that does not exist, and drops them. See
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
/// </remarks>
internal static class InspectEventBus
{
    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, Arn arn, CancellationToken cancellationToken)
    {
        AmazonEventBridgeClient events = viewer.Session.Client(AmazonEventBridgeClient.Service, static (c, s) => new AmazonEventBridgeClient(c, s));
        Seen<DescribeEventBusResponse> seen = await Look.AtAsync(viewer.Session, async () => (DescribeEventBusResponse?)await events.DescribeEventBusAsync(
            new DescribeEventBusRequest { Name = $"{arn}" }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (seen.Value is not { } bus)
        {
            return new ResourceFacts(viewer.NotThere(
                check, "event bus", $"{arn}", seen, "events:DescribeEventBus", $"aws events create-event-bus --name {arn.ResourceName} --region {viewer.Session.Region}")) { Arn = $"{arn}" };
        }

        // EventBridge uses the key as itself: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
        return new ResourceFacts(Finding.Pass(check, $"The event bus {arn} is there."))
        {
            Arn = $"{arn}",
            Encryption = bus.KmsKeyIdentifier is { Length: > 0 } key ? $"The event bus is encrypted with {key}, which EventBridge uses itself: the role needs no permission for it."
                : "The event bus is encrypted with EventBridge's own key, which needs no permission.",
            Policy = bus.Policy is { Length: > 0 } policy ? IamDocument.Read($"the event bus {arn.ResourceName}'s policy", policy) : null,
            IsPolicySeen = true,
        };
    }
}
