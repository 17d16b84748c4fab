namespace FanOut.Tests.Progress.Play;

/// <summary>How an event source mapping is set.</summary>
/// <param name="BatchSize">Records of a batch.</param>
/// <param name="Reports">ReportBatchItemFailures.</param>
/// <param name="Bisects">BisectBatchOnFunctionError.</param>
/// <param name="Retries">MaximumRetryAttempts.</param>
/// <param name="Lanes">ParallelizationFactor.</param>
internal sealed record PlayedSettings(int BatchSize, bool Reports, bool Bisects, int Retries, int Lanes)
{
    /// <summary>How likely the answer of an invocation does not reach Lambda, as after a time-out.</summary>
    public double LostAnswers { get; init; }

    /// <summary>How likely the records in front of a piece have become too old: MaximumRecordAgeInSeconds.</summary>
    public double Expiry { get; init; }

    /// <summary>How likely what is left of a batch comes with records that follow it.</summary>
    public double Refills { get; init; }
}
