namespace FanOut.Reports;

/// <summary>What Lambda charges for a function's invocations, reckoned from what CloudWatch says of them.</summary>
/// <param name="From">The first time.</param>
/// <param name="To">The time before which the invocations ended.</param>
/// <param name="Invocations">How many there were.</param>
/// <param name="Duration">How long they took, all together.</param>
/// <param name="MemorySize">The function's memory in MB, as it is now.</param>
/// <param name="IsArm64">Whether it runs on arm64, as it is now.</param>
internal sealed record LambdaCost(DateTimeOffset From, DateTimeOffset To, double Invocations, TimeSpan Duration, int MemorySize, bool IsArm64)
{
    /// <summary>A GB-second on x64, in US dollars: https://aws.amazon.com/lambda/pricing/, us-east-1, November 2026, first tier.</summary>
    public const decimal X64Second = 0.0000166667m;

    /// <summary>A GB-second on arm64, from the same page.</summary>
    public const decimal Arm64Second = 0.0000133334m;

    /// <summary>A million requests, from the same page.</summary>
    public const decimal MillionRequests = 0.20m;

    /// <summary>What a GB-second costs.</summary>
    public decimal SecondPrice => IsArm64 ? Arm64Second : X64Second;

    /// <summary>What was billed. Each invocation is rounded up to a millisecond: half a millisecond is added for each.</summary>
    public double GigabyteSeconds => (Duration.TotalSeconds + (Invocations * 0.0005)) * MemorySize / 1024;

    /// <summary>What the time cost, in US dollars.</summary>
    public decimal Time => (decimal)GigabyteSeconds * SecondPrice;

    /// <summary>What the requests cost, in US dollars.</summary>
    public decimal Requests => (decimal)Invocations * MillionRequests / 1_000_000;
}
