using System.Globalization;
using FanOut.Aws.Sns;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at a topic.</summary>
internal static class InspectTopic
{
    /// <summary>What is known of it. Its parameters are those of <see cref="InspectQueue.OfAsync"/>, and whether records go there, so that somebody should be subscribed.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, Arn arn, long? limit, Func<string, string> narrow, bool isTarget, CancellationToken cancellationToken)
    {
        Seen<GetTopicAttributesResponse> seen = await Look.AtAsync(viewer.Session, async () => (GetTopicAttributesResponse?)await viewer.Session.Sns()
            .GetTopicAttributesAsync(new GetTopicAttributesRequest { TopicArn = $"{arn}" }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (seen.Value is not { } topic)
        {
            string create = $"aws sns create-topic --name {arn.Resource}{(arn.Resource.EndsWith(".fifo", StringComparison.Ordinal) ? " --attributes FifoTopic=true" : "")} --region {viewer.Session.Region}";
            Finding absent = viewer.NotThere(check, "topic", $"{arn}", seen, "sns:GetTopicAttributes", create);
            return new ResourceFacts(absent) { Arn = $"{arn}", KeyNotSeen = absent.Status == "Skipped" ? seen.NotSeen("Key", $"How the topic {arn} is encrypted", "sns:GetTopicAttributes") : null };
        }

        Dictionary<string, string> attributes = topic.Attributes ?? [];
        string? key = attributes.GetValueOrDefault("KmsMasterKeyId") is { Length: > 0 } given ? given : null;
        return new ResourceFacts(Describe(check, arn, attributes, limit, narrow, isTarget, viewer))
        {
            Arn = $"{arn}",
            Key = key,
            Encryption = key is not null ? $"The topic is encrypted with {key}." : "The topic is not encrypted.",
            Policy = attributes.GetValueOrDefault("Policy") is { Length: > 0 } policy ? IamDocument.Read($"the topic {arn.Resource}'s policy", policy) : null,
            IsPolicySeen = true,
        };
    }

    // A topic that does not tell its size has the usual one: https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
    private static Finding Describe(string check, Arn arn, Dictionary<string, string> attributes, long? limit, Func<string, string> narrow, bool isTarget, Viewer viewer)
    {
        int? most = int.TryParse(attributes.GetValueOrDefault("MaximumMessageSize"), NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) ? bytes : null;
        string what = $"The topic {arn} is there{(attributes.GetValueOrDefault("FifoTopic") == "true" ? ", FIFO" : "")}{(most is null ? "" : string.Create(CultureInfo.InvariantCulture, $": messages of up to {most} bytes"))}.";
        return most < limit ? Finding.Warn(
                check, string.Create(CultureInfo.InvariantCulture, $"{what} The function sends messages of up to {limit} bytes: those between are refused."), narrow(most.Value.ToString(CultureInfo.InvariantCulture)))
            : isTarget && attributes.GetValueOrDefault("SubscriptionsConfirmed") == "0" ? Finding.Warn(
                check, $"{what} Nobody is subscribed to it: what is published there reaches nobody.", $"aws sns subscribe --topic-arn {arn} --protocol <protocol> --notification-endpoint <endpoint> --region {viewer.Session.Region}")
            : Finding.Pass(check, what);
    }
}
