using System.Globalization;
using FanOut.Aws.Kinesis;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at a Kinesis stream.</summary>
internal static class InspectStream
{
    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, Arn arn, long? limit, Func<string, string> narrow, CancellationToken cancellationToken)
    {
        AmazonKinesisClient kinesis = viewer.Session.Client(AmazonKinesisClient.Service, static (c, s) => new AmazonKinesisClient(c, s));
        Seen<StreamDescriptionSummary> seen = await Look.AtAsync(viewer.Session, async () => (await kinesis.DescribeStreamSummaryAsync(
            new DescribeStreamSummaryRequest { StreamARN = $"{arn}" }, cancellationToken).ConfigureAwait(false)).StreamDescriptionSummary).ConfigureAwait(false);
        if (seen.Value is not { } stream)
        {
            string create = $"aws kinesis create-stream --stream-name {arn.ResourceName} --stream-mode-details StreamMode=ON_DEMAND --region {viewer.Session.Region}";
            Finding absent = viewer.NotThere(check, "stream", $"{arn}", seen, "kinesis:DescribeStreamSummary", create);
            return new ResourceFacts(absent) { Arn = $"{arn}", KeyNotSeen = absent.Status == "Skipped" ? seen.NotSeen("Key", $"How the stream {arn} is encrypted", "kinesis:DescribeStreamSummary") : null };
        }

        Seen<GetResourcePolicyResponse> policy = await Look.AtAsync(viewer.Session, async () => (GetResourcePolicyResponse?)await kinesis.GetResourcePolicyAsync(
            new GetResourcePolicyRequest { ResourceARN = $"{arn}" }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        string? key = stream is { EncryptionType: "KMS", KeyId: { Length: > 0 } given } ? given : null;
        return new ResourceFacts(Describe(check, arn, stream, limit, narrow))
        {
            Arn = $"{arn}",
            Key = key,
            Encryption = key is null ? "The stream is not encrypted." : $"The stream is encrypted with {key}.",
            Policy = policy.Value?.Policy is { Length: > 0 } document ? IamDocument.Read($"the stream {arn.ResourceName}'s policy", document) : null,
            IsPolicySeen = policy.Value is not null,
            PolicyPermission = "kinesis:GetResourcePolicy",
        };
    }

    private static Finding Describe(string check, Arn arn, StreamDescriptionSummary stream, long? limit, Func<string, string> narrow)
    {
        string mode = stream.StreamModeDetails?.StreamMode == "ON_DEMAND" ? "on demand" : "provisioned";
        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"The stream {arn} is {stream.StreamStatus}: {mode}, {stream.OpenShardCount} shard{(stream.OpenShardCount == 1 ? "" : "s")}, records kept {stream.RetentionPeriodHours} hours.");
        long most = (stream.MaxRecordSizeInKiB ?? 1024) * 1024L;
        return stream.StreamStatus is not ("ACTIVE" or "UPDATING") ? Finding.Fail(check, what, $"aws kinesis wait stream-exists --stream-arn {arn} --region {arn.Region}")
            : most < limit ? Finding.Warn(
                check, string.Create(CultureInfo.InvariantCulture, $"{what} The function sends records of up to {limit} bytes, and the stream takes {most}: those between are refused."), narrow(most.ToString(CultureInfo.InvariantCulture)))
            : Finding.Pass(check, what);
    }
}
