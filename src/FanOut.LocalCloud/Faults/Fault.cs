namespace FanOut.LocalCloud.Faults;

/// <summary>A fault for tests: what goes wrong, in which calls, and how often. Add it with <see cref="FaultList.Add"/>.</summary>
/// <example><code>cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Service = "kinesis", Positions = [1, 3], Times = 1 });</code></example>
public sealed record Fault
{
    /// <summary>What happens.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Whether the call has its effect before it goes wrong.</summary>
    /// <value><see cref="FaultMoment.Before"/> by default: it has none.</value>
    public FaultMoment Moment { get; init; }

    /// <summary>The signing name of the service it is for; null, the default, for all. OpenSearch is <c>es</c>, also for <c>aoss</c>.</summary>
    public string? Service { get; init; }

    /// <summary>The operation it is for, <c>*</c> and <c>?</c> allowed; null, the default, for all.</summary>
    public string? Operation { get; init; }

    /// <summary>The destination it is for, whole or by its short name, <c>*</c> and <c>?</c> allowed; null, the default, for all.</summary>
    public string? Destination { get; init; }

    /// <summary>Any further condition; null, the default, for none. It may call the cloud itself: so a test lets something happen between two calls.</summary>
    public Func<ServiceCall, bool>? Where { get; init; }

    /// <summary>How many calls it strikes; null, the default, until it is removed.</summary>
    public int? Times { get; init; }

    /// <summary>The probability that it strikes a call that it is for, drawn from the cloud's seeded random numbers.</summary>
    /// <value>1 by default: always.</value>
    public double Probability { get; init; } = 1;

    /// <summary>For <see cref="FaultKind.RefuseItems"/>: the positions in the call, counted from 0; null, the default, for all.</summary>
    public IReadOnlyList<int>? Positions { get; init; }

    /// <summary>For <see cref="FaultKind.RefuseItems"/>: the probability that each of these items fails.</summary>
    /// <value>1 by default: always.</value>
    public double ItemProbability { get; init; } = 1;

    /// <summary>For <see cref="FaultKind.RefuseItems"/>: whether a retry of the item is useless (SenderFault, bulk 400).</summary>
    /// <value>false by default: it may be retried.</value>
    public bool Permanent { get; init; }

    /// <summary>The error's code; null, the default, for the service's own.</summary>
    public string? Code { get; init; }

    /// <summary>The error's message; null, the default, for the service's own.</summary>
    public string? Message { get; init; }

    /// <summary>The HTTP status (bulk: the item's status); null, the default, for the service's own.</summary>
    public int? Status { get; init; }

    /// <summary>For <see cref="FaultKind.Slow"/> and <see cref="FaultKind.Drip"/>: the time, by the cloud's clock.</summary>
    public TimeSpan Delay { get; init; }

    internal bool IsFor(ServiceCall call) =>
        (Service is null || Service == call.Service || (Service == "es" && call.Service == "aoss") || (Service == "iotdata" && call.Service == "iotdevicegateway"))
        && (Operation is null || DestinationName.Matches(call.Operation, Operation))
        && (Destination is null || (call.Destination is { } destination && DestinationName.Matches(destination, Destination)))
        && (Where is null || Where(call));
}
