namespace FanOut.EndToEnd.Chaos;

/// <summary>What became of the records of a case.</summary>
internal sealed record ChaosFigures
{
    public int Records { get; init; }

    public int Deliveries { get; init; }

    public int Calls { get; init; }

    /// <summary>Arrivals at the healthy targets.</summary>
    public int Healthy { get; init; }

    /// <summary>Arrivals at the failing target.</summary>
    public int Failing { get; init; }

    /// <summary>Envelopes in the dead letter.</summary>
    public int DeadLettered { get; init; }

    /// <summary>Arrivals and envelopes beyond the first, at the failing target.</summary>
    public int Duplicates { get; init; }

    /// <summary>Arrivals beyond the first at healthy targets; each of an invocation that said why.</summary>
    public int HealthyDuplicates { get; init; }

    /// <summary>Invocations that could not read or note progress.</summary>
    public int ProgressProblems { get; init; }

    /// <summary>Records that are neither at a target nor in its dead letter.</summary>
    public int Lost { get; init; }
}
