namespace FanOut.Benchmarks.Billing;

/// <summary>What Lambda costs in us-east-1, without a free tier and without discounts: https://aws.amazon.com/lambda/pricing/ (November 2026)</summary>
internal static class Prices
{
    /// <summary>Dollars for a gigabyte-second on x64.</summary>
    public const double X64 = 0.0000166667;

    /// <summary>Dollars for a gigabyte-second on arm64.</summary>
    public const double Arm64 = 0.0000133334;

    /// <summary>Dollars for an invocation.</summary>
    public const double Request = 0.20 / 1_000_000;

    /// <summary>What a million records cost.</summary>
    /// <param name="workload">The batches.</param>
    /// <param name="billed">The time of one; Lambda rounds it up to a millisecond.</param>
    /// <param name="gigabyteSecond">The price of a gigabyte-second.</param>
    public static double OfMillion(Workload workload, TimeSpan billed, double gigabyteSecond = X64) =>
        1_000_000.0 / workload.Records * ((Math.Ceiling(billed.TotalMilliseconds) / 1000 * workload.Memory / 1024 * gigabyteSecond) + Request);
}
