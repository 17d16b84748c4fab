using FanOut.Aws.Firehose;
using FanOut.Engine.Mappings;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at a delivery stream of Firehose.</summary>
internal static class InspectDeliveryStream
{
    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, Arn arn, CancellationToken cancellationToken)
    {
        AmazonKinesisFirehoseClient firehose = viewer.Session.Client(AmazonKinesisFirehoseClient.Service, static (c, s) => new AmazonKinesisFirehoseClient(c, s));
        Seen<DeliveryStreamDescription> seen = await Look.AtAsync(viewer.Session, async () => (await firehose.DescribeDeliveryStreamAsync(
            new DescribeDeliveryStreamRequest { DeliveryStreamName = arn.ResourceName }, cancellationToken).ConfigureAwait(false)).DeliveryStreamDescription).ConfigureAwait(false);
        if (seen.Value is not { } stream)
        {
            return new ResourceFacts(viewer.NotThere(
                check, "delivery stream", $"{arn}", seen, "firehose:DescribeDeliveryStream", "Make it, with a bucket or another place behind it (aws firehose create-delivery-stream), or give another -Destination.")) { Arn = $"{arn}" };
        }

        string what = $"The delivery stream {arn} is {stream.DeliveryStreamStatus}.";
        Finding finding = stream.DeliveryStreamStatus is not (null or "ACTIVE") ? Finding.Fail(check, what, $"aws firehose describe-delivery-stream --delivery-stream-name {arn.ResourceName} --region {viewer.Session.Region}")
            : stream.DeliveryStreamType is not (null or "DirectPut") ? Finding.Fail(
                check, $"{what} It takes records from its own source alone ({stream.DeliveryStreamType}), none that are put to it.", "Give a delivery stream with Direct PUT as -Destination.")
            : stream.EncryptionStatus is "ENABLING_FAILED" or "DISABLING_FAILED" ? Finding.Fail(
                check, $"{what} Its encryption is in the state {stream.EncryptionStatus}.", $"aws firehose describe-delivery-stream --delivery-stream-name {arn.ResourceName} --region {viewer.Session.Region}")
            : Finding.Pass(check, what);

        // Firehose uses the key by a grant of its own: https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
        return new ResourceFacts(finding)
        {
            Arn = $"{arn}",
            Encryption = stream.EncryptionStatus != "ENABLED" ? "The delivery stream is not encrypted while it holds records."
                : stream.EncryptionKeyArn is { } key ? $"The delivery stream is encrypted with {key}, which Firehose uses itself: the role needs no permission for it."
                : "The delivery stream is encrypted with Firehose's own key, which needs no permission.",
        };
    }
}
