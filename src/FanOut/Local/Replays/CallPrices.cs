using FanOut.Engine.Mappings;
using FanOut.Local.Plans;

namespace FanOut.Local.Replays;

/// <summary>What services ask for calls, in US dollars: their list prices in us-east-1, without data transfer, free tiers and discounts.</summary>
/// <remarks>
/// From https://aws.amazon.com/sqs/pricing/, https://aws.amazon.com/sns/pricing/, https://aws.amazon.com/kinesis/data-streams/pricing/,
/// https://aws.amazon.com/firehose/pricing/, https://aws.amazon.com/lambda/pricing/, https://aws.amazon.com/eventbridge/pricing/, https://aws.amazon.com/step-functions/pricing/ (of a standard execution its first transition) and https://aws.amazon.com/iot-core/pricing/, as known in 2025; they were not read from the
/// price list of AWS. Domains, caches and endpoints ask nothing for a call, and what a function costs while it runs is not known here.
/// </remarks>
internal static class CallPrices
{
    private const decimal Million = 1_000_000m;
    private const long Kilobyte = 1024;
    private const decimal Gigabyte = 1024m * 1024 * 1024;

    /// <summary>The price of a call.</summary>
    public static decimal Of(Mapping mapping, PlannedCall call)
    {
        long bytes = call.Items.Sum(static i => (long)i.Bytes);
        return mapping.Type switch
        {
            TargetType.Sqs => Units(bytes, 64 * Kilobyte) * (mapping.Destination is QueueDestination { IsFifo: true } ? 0.50m : 0.40m) / Million,
            TargetType.Sns => Units(bytes, 64 * Kilobyte) * 0.50m / Million,
            TargetType.Events => call.Items.Sum(static i => Units(i.Bytes, 64 * Kilobyte)) * 1.00m / Million,
            TargetType.States => 25.00m / Million,
            TargetType.Lambda => 0.20m / Million,
            TargetType.Iot => Units(bytes, 5 * Kilobyte) * 1.00m / Million,
            TargetType.Kinesis => call.Items.Sum(static i => Units(i.Bytes, 25 * Kilobyte)) * 0.014m / Million,
            TargetType.Firehose => call.Items.Sum(static i => Units(i.Bytes, 5 * Kilobyte)) * 5 * Kilobyte * 0.029m / Gigabyte,
            _ => 0,
        };
    }

    private static long Units(long bytes, long unit) => Math.Max(1, (bytes + unit - 1) / unit);
}
