namespace FanOut.Benchmarks.Billing;

/// <summary>What a function is given to do.</summary>
/// <param name="Records">How many records a batch has.</param>
/// <param name="Size">How many bytes of data each has.</param>
internal sealed record Workload(int Records, int Size = 1000)
{
    /// <summary>The function's memory in MB.</summary>
    public int Memory { get; init; } = 128;

    /// <summary>How many targets the stream has: Kinesis streams.</summary>
    public int Targets { get; init; } = 1;

    /// <summary>How many rows of the table are the stream's, its targets among them; the others are not active.</summary>
    public int Rows { get; init; }

    /// <summary>How long ago the batch's records came to the stream.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Whether it is given to the original.</summary>
    public bool IsOriginal { get; init; }

    /// <summary>An environment variable besides the usual ones, <c>NAME=value</c>; null: none.</summary>
    public string? Variable { get; init; }

    /// <summary>The share of a processor that Lambda gives to a function: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html</summary>
    public double Share => Memory / 1769.0;
}
