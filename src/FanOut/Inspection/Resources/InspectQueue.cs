using System.Globalization;
using FanOut.Aws.Sqs;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at a queue.</summary>
internal static class InspectQueue
{
    /// <summary>What is known of it.</summary>
    /// <param name="viewer">Who looks, in its region.</param>
    /// <param name="check">The check.</param>
    /// <param name="arn">Its ARN.</param>
    /// <param name="limit">How many bytes a message may have that the function sends; null: it does not matter.</param>
    /// <param name="narrow">Gives the command that sets that limit to a number.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, Arn arn, long? limit, Func<string, string> narrow, CancellationToken cancellationToken)
    {
        AmazonSQSClient sqs = viewer.Session.Client(AmazonSQSClient.Service, static (c, s) => new AmazonSQSClient(c, s));
        Seen<GetQueueUrlResponse> found = await Look.AtAsync(viewer.Session, async () => (GetQueueUrlResponse?)await sqs.GetQueueUrlAsync(
            new GetQueueUrlRequest { QueueName = arn.Resource, QueueOwnerAWSAccountId = arn.Account.Length > 0 ? arn.Account : null }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (found.Value is null)
        {
            Finding absent = viewer.NotThere(check, "queue", $"{arn}", found, "sqs:GetQueueUrl and sqs:GetQueueAttributes", Create(arn, viewer));
            return new ResourceFacts(absent) { Arn = $"{arn}", KeyNotSeen = absent.Status == "Skipped" ? found.NotSeen("Key", $"How the queue {arn} is encrypted", "sqs:GetQueueAttributes") : null };
        }

        Seen<GetQueueAttributesResponse> seen = await Look.AtAsync(viewer.Session, async () => (GetQueueAttributesResponse?)await sqs.GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = found.Value.QueueUrl!, AttributeNames = ["All"] }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (seen.Value?.Attributes is not { } attributes)
        {
            return new ResourceFacts(Finding.Pass(check, $"The queue {arn} is there; its limits were not shown."))
            {
                Arn = $"{arn}", KeyNotSeen = seen.NotSeen("Key", $"How the queue {arn} is encrypted", "sqs:GetQueueAttributes"),
            };
        }

        string? key = attributes.GetValueOrDefault("KmsMasterKeyId") is { Length: > 0 } given ? given : null;
        return new ResourceFacts(Describe(check, arn, attributes, limit, narrow))
        {
            Arn = $"{arn}",
            Key = key,
            Encryption = key is not null ? $"The queue is encrypted with {key}."
                : attributes.GetValueOrDefault("SqsManagedSseEnabled") == "true" ? "The queue is encrypted with SQS's own key, which needs no permission." : "The queue is not encrypted.",
            Policy = attributes.GetValueOrDefault("Policy") is { Length: > 0 } policy ? IamDocument.Read($"the queue {arn.Resource}'s policy", policy) : null,
            IsPolicySeen = true,
        };
    }

    private static Finding Describe(string check, Arn arn, Dictionary<string, string> attributes, long? limit, Func<string, string> narrow)
    {
        int? most = int.TryParse(attributes.GetValueOrDefault("MaximumMessageSize"), NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) ? bytes : null;
        string fifo = attributes.GetValueOrDefault("FifoQueue") == "true" ? "FIFO, in order by group; " : "";
        string what = string.Create(CultureInfo.InvariantCulture, $"The queue {arn} is there: {fifo}messages of up to {most} bytes.");
        return most is not null && most < limit
            ? Finding.Warn(check, string.Create(CultureInfo.InvariantCulture, $"{what} The function sends messages of up to {limit} bytes: those between are refused."), narrow(most.Value.ToString(CultureInfo.InvariantCulture)))
            : Finding.Pass(check, what);
    }

    private static string Create(Arn arn, Viewer viewer) =>
        $"aws sqs create-queue --queue-name {arn.Resource}{(arn.Resource.EndsWith(".fifo", StringComparison.Ordinal) ? " --attributes FifoQueue=true" : "")} --region {viewer.Session.Region}";
}
